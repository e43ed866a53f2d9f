const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character)
}

export function renderLinks(text: string): string {
  return escapeHtml(text).replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, label: string, url: string) =>
    url.startsWith('javascript:') ? label : `<a href="${url}">${label}</a>`,
  )
}
