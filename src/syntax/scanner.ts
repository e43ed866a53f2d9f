import type { Value } from '../records/value.ts'
import type { Dialect } from './dialect.ts'
import { fromBigint, fromFloat } from './number.ts'

class Unreadable extends Error {}

// One for all: readers try and go back often, and a stack trace each time would be most of their work.
const unreadable = new Unreadable('the text is no expression that we read')

/** Gives up reading; `attempt` takes it from there. */
export function fail(): never {
  throw unreadable
}

/** What the reader reads, or undefined where it gives up. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error === unreadable) return undefined
    throw error
  }
}

const namePattern = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const pythonNumber = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y
const javascriptNumber = /0[xX][\da-fA-F_]+n?|0[oO][0-7_]+n?|0[bB][01_]+n?|\d[\d_]*n|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y
const pythonString = /([rRbBuUfF]{0,2})("""|'''|"|')/y
const lineSpace = /(?:[ \t\f\u00a0]|\\\r?\n)+/y
const anySpace = /(?:\s|\\\r?\n)+/y
const comments = { python: /#[^\n]*/y, javascript: /\/\/[^\n]*|\/\*[^]*?\*\//y }
const simpleEscapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' }

/** Reads the words of Python or JavaScript at a position that moves. Inside brackets a line break is white space. */
export class Scanner {
  readonly dialect: Dialect
  readonly text: string
  position: number
  brackets = 0

  constructor(dialect: Dialect, text: string, position: number) {
    this.dialect = dialect
    this.text = text
    this.position = position
  }

  skipSpace(): void {
    if (this.brackets === 0) this.match(lineSpace)
    else while (this.match(anySpace) !== undefined || this.match(comments[this.dialect]) !== undefined);
  }

  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.text)
    if (found === null || found[0] === '') return undefined
    this.position += found[0].length
    return found
  }

  /** Takes `symbol` when it comes next. */
  take(symbol: string): boolean {
    this.skipSpace()
    if (!this.text.startsWith(symbol, this.position)) return false
    this.position += symbol.length
    return true
  }

  expect(symbol: string): void {
    if (!this.take(symbol)) fail()
  }

  name(): string | undefined {
    this.skipSpace()
    return this.match(namePattern)?.[0]
  }

  peekName(): string | undefined {
    const start = this.position
    const name = this.name()
    this.position = start
    return name
  }

  number(): Value | undefined {
    const found = this.match(this.dialect === 'python' ? pythonNumber : javascriptNumber)
    if (found === undefined) return undefined
    // `5j`, `3px` and `1_000abc` are no numbers.
    if (/[\p{L}\p{N}_$]/u.test(this.text[this.position] ?? '')) fail()
    const digits = found[0].replaceAll('_', '')
    if (this.dialect === 'python') return pythonValue(digits)
    return digits.endsWith('n') && !/^0[xX]/.test(digits) ? { $: 'int', v: BigInt(digits.slice(0, -1)).toString() } : Number(digits)
  }

  /** A string, or several side by side in Python. */
  string(): Value | undefined {
    return this.dialect === 'python' ? this.pythonStrings() : this.javascriptString()
  }

  private pythonStrings(): Value | undefined {
    const parts: { text: string; bytes: boolean }[] = []
    for (;;) {
      const found = this.match(pythonString)
      if (found === undefined) break
      const prefix = found[1]!.toLowerCase()
      const body = this.body(found[2]!)
      if (prefix.includes('f') && /[{}]/.test(body)) fail()
      const bytes = prefix.includes('b')
      parts.push({ text: prefix.includes('r') ? body : unescapePython(body, bytes), bytes })
      const end = this.position
      this.skipSpace()
      if (!/["'rRbBuUfF]/.test(this.text[this.position] ?? '')) {
        this.position = end
        break
      }
    }
    if (parts.length === 0) return undefined
    const text = parts.map((part) => part.text).join('')
    if (parts.every((part) => !part.bytes)) return text
    if (parts.some((part) => !part.bytes)) fail()
    return { $: 'bytes', v: Buffer.from(text, 'latin1').toString('base64') }
  }

  private javascriptString(): Value | undefined {
    const quote = this.match(/["'`]/y)?.[0]
    if (quote === undefined) return undefined
    const body = this.body(quote)
    if (quote === '`' && /(?<!\\)\$\{/.test(body)) fail()
    return unescapeJavascript(body)
  }

  /** Everything up to the closing quote, still escaped. */
  private body(quote: string): string {
    const multiline = quote.length === 3 || quote === '`'
    for (let i = this.position; i < this.text.length; i++) {
      if (this.text[i] === '\\') i++
      else if (this.text[i] === '\n' && !multiline) break
      else if (this.text.startsWith(quote, i)) {
        const body = this.text.slice(this.position, i)
        this.position = i + quote.length
        return body
      }
    }
    fail()
  }
}

function pythonValue(digits: string): Value {
  if (/^0[xXoObB]/.test(digits)) return fromBigint(BigInt(digits.toLowerCase()))
  if (/[.eE]/.test(digits)) return fromFloat(Number(digits))
  if (/^0+[1-9]/.test(digits)) fail()
  return fromBigint(BigInt(digits))
}

function unescapePython(body: string, bytes: boolean): string {
  return body.replace(/\\(\r?\n|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|N\{[^}]*\}|[0-7]{1,3}|[^])/g, (whole, code: string) => {
    if (/^\r?\n$/.test(code)) return ''
    if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8))
    if (code.length > 1 && code.startsWith('x')) return String.fromCodePoint(Number.parseInt(code.slice(1), 16))
    if (bytes) return simpleEscapes[code] ?? (/^[\\'"]$/.test(code) ? code : code === 'a' ? '\u0007' : whole)
    if (code.startsWith('N{')) fail()
    if (code.length > 1 && Number.parseInt(code.slice(1), 16) <= 0x10_ffff) return String.fromCodePoint(Number.parseInt(code.slice(1), 16))
    if (code === 'a') return '\u0007'
    return simpleEscapes[code] ?? (/^[\\'"]$/.test(code) ? code : whole)
  })
}

function unescapeJavascript(body: string): string {
  return body.replace(/\\(\r?\n|x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]{1,6}\}|[^])/g, (_whole, code: string) => {
    if (/^\r?\n$/.test(code)) return ''
    if (code.length > 1 && /^[xu]/.test(code)) return String.fromCodePoint(Number.parseInt(code.replace(/[xu{}]/g, ''), 16))
    return simpleEscapes[code] ?? code
  })
}
