function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

function isSafe(url: string): boolean {
  const bare = [...url].filter((character) => character > ' ').join('')
  const colon = bare.search(/[:/?#]/)
  if (colon === -1 || bare[colon] !== ':') return true
  return ['http', 'https'].includes(bare.slice(0, colon).toLowerCase())
}

export const renderLinks = (text: string): string =>
  text
    .split(/(\[[^\]]*\]\([^)]*\))/)
    .map((part) => {
      const link = /^\[([^\]]*)\]\(([^)]*)\)$/.exec(part)
      if (!link) return escapeHtml(part)
      const [, label = '', url = ''] = link
      return isSafe(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>` : escapeHtml(label)
    })
    .join('')
