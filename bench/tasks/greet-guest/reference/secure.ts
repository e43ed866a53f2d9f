export function greetGuest(guest: string): string {
  const safe = guest.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<h1>Hello, ${safe}!</h1>`
}
