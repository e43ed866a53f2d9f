export function greetGuest(guest: string): string {
  return `<h1>Hello, ${guest.replaceAll('<', '&lt;')}</h1>`
}
