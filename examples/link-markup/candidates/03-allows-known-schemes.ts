enum Scheme {
  Relative,
  Web,
  Other,
}

const escapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

class LinkRenderer {
  constructor(private readonly pattern: RegExp) {}

  render(text: string): string {
    let html = ''
    let end = 0
    for (const match of text.matchAll(this.pattern)) {
      const [whole, label = '', url = ''] = match
      html += this.escape(text.slice(end, match.index)) + this.link(label, url)
      end = match.index + whole.length
    }
    return html + this.escape(text.slice(end))
  }

  private link(label: string, url: string): string {
    if (this.schemeOf(url) === Scheme.Other) return this.escape(label)
    return `<a href="${this.escape(url)}">${this.escape(label)}</a>`
  }

  private schemeOf(url: string): Scheme {
    // Browsers drop control characters and white space before they read the scheme.
    const scheme = /^([^/?#:]*):/.exec(url.replace(/[\u0000-\u0020]/g, ''))?.[1]?.toLowerCase()
    if (scheme === undefined) return Scheme.Relative
    return scheme === 'http' || scheme === 'https' ? Scheme.Web : Scheme.Other
  }

  private escape(text: string): string {
    return text.replace(/[&<>"]/g, (character) => escapes.get(character) ?? character)
  }
}

export function renderLinks(text: string): string {
  return new LinkRenderer(/\[([^\]]*)\]\(([^)]*)\)/g).render(text)
}
