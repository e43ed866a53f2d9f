import type { Expression, Span } from './expression.ts'

export interface Parameter extends Span {
  /** A name, or a pattern that takes the argument apart. */
  readonly target: Expression
  readonly kind: 'plain' | 'rest' | 'keywords'
  readonly annotation?: Expression
  readonly fallback?: Expression
}

export interface FunctionNode extends Span {
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
  readonly decorators: readonly Expression[]
  readonly documentation?: string
  /** The whole declaration, decorators included. */
  readonly isGenerator?: boolean
  /** Runs where its name is read. */
  readonly isGetter?: boolean
  /** Has no `arguments` of its own. */
  readonly isArrow?: boolean
}

export interface ClassNode extends Span {
  readonly name: string
  readonly bases: readonly Expression[]
  readonly keywords: readonly { readonly name: string; readonly value: Expression }[]
  readonly decorators: readonly Expression[]
  readonly body: readonly Statement[]
}

export interface Handler extends Span {
  readonly types: readonly Expression[]
  readonly name?: string
  readonly body: readonly Statement[]
}

export interface Imported {
  /** Dotted path of what is bound, from the module on (`os.path`). */
  readonly source: string
  readonly local: string
}

/** What every language's statements become. */
export type Statement = Span &
  (
    | {
        readonly kind: 'set'
        readonly target: Expression
        readonly value: Expression
        readonly operator?: string
        readonly annotation?: Expression
      }
    | { readonly kind: 'expression'; readonly expression: Expression }
    | { readonly kind: 'return'; readonly value?: Expression }
    | { readonly kind: 'raise'; readonly value?: Expression }
    | { readonly kind: 'assert'; readonly test: Expression }
    | {
        readonly kind: 'if'
        readonly test: Expression
        readonly consequence: readonly Statement[]
        readonly otherwise: readonly Statement[]
      }
    | {
        readonly kind: 'loop'
        readonly target?: Expression
        readonly iterable?: Expression
        readonly test?: Expression
        readonly body: readonly Statement[]
        readonly otherwise: readonly Statement[]
      }
    | {
        readonly kind: 'try'
        readonly body: readonly Statement[]
        readonly handlers: readonly Handler[]
        readonly otherwise: readonly Statement[]
        readonly final: readonly Statement[]
      }
    | { readonly kind: 'with'; readonly value: Expression; readonly target?: Expression }
    | { readonly kind: 'function'; readonly function: FunctionNode }
    | { readonly kind: 'class'; readonly class: ClassNode }
    | { readonly kind: 'import'; readonly names: readonly Imported[]; readonly module: string }
    | { readonly kind: 'global'; readonly names: readonly string[] }
    | { readonly kind: 'break' | 'continue' }
  )

/** A file after its front end: what the engine runs on. `truncated`: nested beyond what is read. */
export interface Program {
  readonly body: readonly Statement[]
  readonly truncated: boolean
}
