function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

export function renderLinks(text: string): string {
  const match = /\[([^\]]*)\]\(([^)]*)\)/.exec(text)
  if (!match) return escapeHtml(text)
  const [whole, label = '', url = ''] = match
  const before = text.slice(0, match.index)
  const after = text.slice(match.index + whole.length)
  const safe = /^(https?:|\/)/i.test(url)
  const link = safe ? `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>` : escapeHtml(label)
  return escapeHtml(before) + link + escapeHtml(after)
}
