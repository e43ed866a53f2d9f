import { cut, oneLine, plain } from './text.ts'

const short = { rows: 12, names: 5, tests: 4, findings: 6, programs: 4, claims: 6, lines: 30, width: 240 }

/** How much of each part of a story is told, and whether anything was left out. */
export class Bounds {
  readonly most: Readonly<Record<keyof typeof short, number>>
  #cut = false

  /** Everything is told where `all` is wanted. */
  constructor({ all = false }: { all?: boolean | undefined } = {}) {
    this.most = all ? { rows: Infinity, names: Infinity, tests: Infinity, findings: Infinity, programs: Infinity, claims: Infinity, lines: Infinity, width: Infinity } : short
  }

  get isCut(): boolean {
    return this.#cut
  }

  /** The first lines of `items`, and a line that says how many there are besides. */
  first<T>(items: readonly T[], part: keyof typeof short, { show, what }: { show: (item: T) => string; what: string }): string {
    const left = items.length - this.most[part]
    if (left > 0) this.#cut = true
    return items.slice(0, this.most[part]).map(show).join('') + (left > 0 ? `  … ${left} more ${what}\n` : '')
  }

  /** Names as a list. */
  names(names: readonly string[]): string {
    const left = names.length - this.most.names
    if (left > 0) this.#cut = true
    return `${names.slice(0, this.most.names).map(oneLine).join(', ')}${left > 0 ? ` and ${left} more` : ''}`
  }

  /** Untrusted text as a line of a bounded length. */
  line(text: string): string {
    const { width } = this.most
    // What is cut off in any case is not looked through: it may be very long.
    return this.#within(oneLine(text.length > width * 20 ? text.slice(0, width * 20) : text))
  }

  /** The same with the spaces that it begins with. */
  codeLine(text: string): string {
    return this.#within(plain(text))
  }

  #within(line: string): string {
    const shown = cut(line, this.most.width)
    if (shown !== line) this.#cut = true
    return shown
  }
}
