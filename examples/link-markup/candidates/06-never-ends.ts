export function renderLinks(text: string): string {
  const pattern = /\[([^\]]*)\]\(([^)]*)\)/
  let html = text
  while (pattern.test(text)) {
    html = html.replace(pattern, '<a href="$2">$1</a>')
  }
  return html
}
