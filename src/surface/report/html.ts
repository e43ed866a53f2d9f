import { plain } from '../../records/plain.ts'

/** Markup whose every text was escaped. Nothing but the `html` tag makes it. */
export class Html {
  readonly #markup: string

  /** For `html` and `page` alone: what is given is taken for markup. */
  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

type Part = Html | string | number | undefined | readonly Part[]

/** Markup with texts in it. Texts are untrusted: control characters go, and what HTML would read as more than text is escaped, in quoted attributes too. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.map((literal, at) => `${literal}${markupOf(parts[at])}`).join(''))
}

function markupOf(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Html) return String(part)
  if (typeof part === 'object') return part.map(markupOf).join('')
  return escaped(plain(clipped(String(part))))
}

const longest = 8000

/** The beginning of a long text, with how much is missing. */
export function clipped(text: string, most = longest): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length - most} more characters)`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' }

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (character) => entities[character] ?? '')
}
