import type { Language } from '../records/language.ts'
import type { Value } from '../records/value.ts'
import { type Dialect, dialects } from './dialect.ts'
import { attempt, fail, Scanner } from './scanner.ts'

/** An expression of Python or JavaScript as far as tests and examples use them. Comprehensions, slices, spreads and the like are not read. */
export type Expression =
  | { kind: 'value'; value: Value }
  | { kind: 'name'; name: string }
  | { kind: 'list' | 'tuple' | 'set'; items: Expression[] }
  | { kind: 'map'; entries: [Expression, Expression][] }
  | { kind: 'attribute'; object: Expression; name: string }
  | { kind: 'call'; callee: Expression; arguments: Expression[]; keywords: [string, Expression][] }
  | { kind: 'apply'; operator: string; operands: Expression[] }
  /** A function without parameters, as `expect(() => f())` has one. */
  | { kind: 'lambda'; body: Expression }

/** The grammar that a language's expressions are read with: TypeScript's are JavaScript's here. */
export function dialectOf(language: Language): Dialect {
  return language === 'python' ? 'python' : 'javascript'
}

const maximumDepth = 150

/** The longest expression that begins at `from`, and where it ends; undefined when none does. */
export function parseExpression(dialect: Dialect, text: string, from = 0): { expression: Expression; end: number } | undefined {
  return attempt(() => {
    const parser = new ExpressionParser(new Scanner(dialect, text, from))
    const expression = parser.expression()
    return { expression, end: parser.position }
  })
}

/** The call, attribute or other operand that begins at `from`, without the operators around it: in `f(1) == 2` it is `f(1)`. */
export function parseOperand(dialect: Dialect, text: string, from = 0): { expression: Expression; end: number } | undefined {
  return attempt(() => {
    const parser = new ExpressionParser(new Scanner(dialect, text, from))
    const expression = parser.operand()
    return { expression, end: parser.position }
  })
}

class ExpressionParser {
  private readonly scanner: Scanner
  private depth = 0

  constructor(scanner: Scanner) {
    this.scanner = scanner
  }

  get position(): number {
    return this.scanner.position
  }

  private get python(): boolean {
    return this.scanner.dialect === 'python'
  }

  expression(): Expression {
    if (++this.depth > maximumDepth) fail()
    const found = this.lambda() ?? this.conditional()
    this.depth--
    return found
  }

  private lambda(): Expression | undefined {
    const start = this.scanner.position
    if (this.python ? this.word('lambda') : (this.word('async'), this.scanner.take('('))) {
      if (this.python ? this.scanner.take(':') : this.scanner.take(')') && this.scanner.take('=>')) return this.lambdaBody()
    }
    this.scanner.position = start
    return undefined
  }

  private lambdaBody(): Expression {
    if (!this.python && this.scanner.take('{')) {
      return this.inBrackets('}', () => {
        this.word('return')
        const body = this.expression()
        this.scanner.take(';')
        return { kind: 'lambda', body }
      })
    }
    return { kind: 'lambda', body: this.expression() }
  }

  private conditional(): Expression {
    const first = this.binary(0)
    return (
      this.orBack(() => {
        if (this.python) {
          if (!this.word('if')) return undefined
          const condition = this.binary(0)
          if (!this.word('else')) return undefined
          return { kind: 'apply', operator: '?:', operands: [condition, first, this.expression()] }
        }
        if (this.scanner.text.startsWith('?.', this.position) || !this.scanner.take('?')) return undefined
        const yes = this.expression()
        this.scanner.expect(':')
        return { kind: 'apply', operator: '?:', operands: [first, yes, this.expression()] }
      }) ?? first
    )
  }

  // An operator whose right side is not there ends the expression before it: `3 - see below` is 3.
  private orBack(read: () => Expression | undefined): Expression | undefined {
    const { position, brackets } = this.scanner
    const { depth } = this
    const found = attempt(read)
    if (found !== undefined) return found
    this.scanner.position = position
    this.scanner.brackets = brackets
    this.depth = depth
    return undefined
  }

  private binary(strength: number): Expression {
    let left = this.unary()
    let previous: Expression | undefined
    for (;;) {
      const next = this.orBack(() => {
        const found = this.operator(strength)
        if (found === undefined) return undefined
        const [operator, level] = found
        const right = this.binary(operator === '**' ? level - 1 : level)
        const comparison = this.python && level === dialects.python.strength.get('==')
        const chained = comparison && previous !== undefined
        const compared: Expression = { kind: 'apply', operator, operands: [chained ? previous! : left, right] }
        previous = comparison ? right : undefined
        return chained ? { kind: 'apply', operator: 'and', operands: [left, compared] } : compared
      })
      if (next === undefined) return left
      left = next
    }
  }

  private operator(above: number): [string, number] | undefined {
    const start = this.position
    this.scanner.skipSpace()
    const operator = this.scanner.match(dialects[this.scanner.dialect].binary)?.[0].replace(/\s+/, ' ')
    const level = dialects[this.scanner.dialect].strength.get(operator ?? '')
    if (operator !== undefined && level !== undefined && level > above) return [operator, level]
    this.scanner.position = start
    return undefined
  }

  private word(word: string): boolean {
    const start = this.position
    if (this.scanner.name() === word) return true
    this.scanner.position = start
    return false
  }

  private unary(): Expression {
    if (++this.depth > maximumDepth) fail()
    this.scanner.skipSpace()
    const found = this.unaryOperator() ?? this.operand()
    this.depth--
    return found
  }

  private unaryOperator(): Expression | undefined {
    if (this.word('await')) return this.unary()
    const operator = this.scanner.match(dialects[this.scanner.dialect].unary)?.[0]
    if (operator === undefined) return undefined
    // `-2 ** 2` is -(2 ** 2), and `not a == b` is not (a == b).
    const operand = this.binary(dialects[this.scanner.dialect].strength.get(operator === 'not' ? 'not' : 'unary')!)
    return { kind: 'apply', operator: `unary ${operator}`, operands: [operand] }
  }

  operand(): Expression {
    let left = this.atom()
    for (;;) {
      const next = this.orBack(() => this.postfix(left))
      if (next === undefined) return left
      left = next
    }
  }

  private postfix(object: Expression): Expression | undefined {
    const { scanner } = this
    if (!this.python && /^\s*\./.test(scanner.text.slice(scanner.position, scanner.position + 200))) scanner.match(/\s+/y)
    if (/^(?:\.{2}|\.\s|\.$)/.test(scanner.text.slice(scanner.position, scanner.position + 2))) return undefined
    if (scanner.take('.')) {
      const name = scanner.name()
      if (name === undefined) fail()
      return { kind: 'attribute', object, name }
    }
    // `f(3) [1, 2]` in an example is a call and its answer, not an index.
    if (object.kind !== 'name' && scanner.brackets === 0 && /\s/.test(scanner.text[scanner.position] ?? '')) return undefined
    if (scanner.take('(')) return this.inBrackets(')', () => this.call(object))
    if (scanner.take('[')) {
      return this.inBrackets(']', () => ({ kind: 'apply', operator: '[]', operands: [object, this.expression()] }))
    }
    return undefined
  }

  private call(callee: Expression): Expression {
    const call: Expression & { kind: 'call' } = { kind: 'call', callee, arguments: [], keywords: [] }
    this.items(')', () => {
      const keyword = this.python ? this.keyword() : undefined
      if (keyword !== undefined) call.keywords.push([keyword, this.expression()])
      else if (call.keywords.length > 0) fail()
      else call.arguments.push(this.expression())
    })
    return call
  }

  private keyword(): string | undefined {
    const start = this.position
    const name = this.scanner.name()
    this.scanner.skipSpace()
    if (name !== undefined && /^=[^=>]/.test(this.scanner.text.slice(this.position, this.position + 2))) {
      this.scanner.position++
      return name
    }
    this.scanner.position = start
    return undefined
  }

  private inBrackets<T>(close: string, read: () => T): T {
    this.scanner.brackets++
    const found = read()
    this.scanner.expect(close)
    this.scanner.brackets--
    return found
  }

  /** Calls `read` for each item up to the closing bracket, which is left; says whether a comma was seen. */
  private items(close: string, read: () => void): boolean {
    let comma = false
    for (;;) {
      this.scanner.skipSpace()
      if (this.scanner.text.startsWith(close, this.position)) return comma
      read()
      if (!this.scanner.take(',')) return comma
      comma = true
    }
  }

  private atom(): Expression {
    const { scanner } = this
    scanner.skipSpace()
    const value = scanner.string() ?? scanner.number()
    if (value !== undefined) return { kind: 'value', value }
    if (scanner.take('[')) return { kind: 'list', items: this.list(']').items }
    if (scanner.take('(')) return this.parenthesised()
    if (scanner.take('{')) return this.inBrackets('}', () => (this.python ? this.braces() : this.object()))
    const name = scanner.name()
    if (name === undefined) fail()
    return this.named(name)
  }

  private named(name: string): Expression {
    const { constants, reserved } = dialects[this.scanner.dialect]
    const value = constants.get(name)
    if (value !== undefined) return { kind: 'value', value }
    if (!this.python && name === 'new') return this.construction()
    if (reserved.has(name)) fail()
    return { kind: 'name', name }
  }

  private construction(): Expression {
    let callee: Expression = { kind: 'name', name: this.scanner.name() ?? '' }
    while (this.scanner.take('.')) callee = { kind: 'attribute', object: callee, name: this.scanner.name() ?? '' }
    const call = this.scanner.take('(') ? this.inBrackets(')', () => this.call(callee)) : { kind: 'call' as const, callee, arguments: [], keywords: [] }
    return { kind: 'apply', operator: 'new', operands: [call] }
  }

  private list(close: string): { items: Expression[]; comma: boolean } {
    return this.inBrackets(close, () => {
      const items: Expression[] = []
      const comma = this.items(close, () => items.push(this.expression()))
      return { items, comma }
    })
  }

  private parenthesised(): Expression {
    const { items, comma } = this.list(')')
    if (this.python && (comma || items.length === 0)) return { kind: 'tuple', items }
    if (items.length !== 1) fail()
    return items[0]!
  }

  private braces(): Expression {
    const items: Expression[] = []
    const entries: [Expression, Expression][] = []
    this.items('}', () => {
      const item = this.expression()
      if (this.scanner.take(':')) entries.push([item, this.expression()])
      else items.push(item)
    })
    if (items.length > 0 && entries.length > 0) fail()
    return items.length > 0 ? { kind: 'set', items } : { kind: 'map', entries }
  }

  private object(): Expression {
    const entries: [Expression, Expression][] = []
    this.items('}', () => entries.push(this.property()))
    return { kind: 'map', entries }
  }

  private property(): [Expression, Expression] {
    const { scanner } = this
    const key = scanner.string() ?? scanner.number() ?? (scanner.take('[') ? this.inBrackets(']', () => this.expression()) : scanner.name())
    if (key === undefined) fail()
    scanner.expect(':')
    if (typeof key === 'object' && key !== null && 'kind' in key) return [key, this.expression()]
    return [{ kind: 'value', value: typeof key === 'number' ? String(key) : key }, this.expression()]
  }
}
