export function filterTitles(typed: string, titles: string[]): string[] {
  return titles.filter((title) => title.includes(typed))
}
