export function renderLinks(text: string): string {
  return text.replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')
}
