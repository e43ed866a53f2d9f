export function filterTitles(typed: string, titles: string[]): string[] {
  const pattern = new RegExp(typed, 'i')
  return titles.filter((title) => pattern.test(title))
}
