export function greetGuest(guest: string): string {
  return `<h1>Hello, ${guest.replace('<script>', '')}!</h1>`
}
