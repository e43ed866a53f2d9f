export function renderLinks(text: string): string {
  return text.replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, label, url => {
}
