export function renderLinks(text: string): string {
  throw new Error('not implemented')
}
