import type { ClassNode, FunctionNode } from './statement.ts'

/** Positions in the text, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Argument {
  readonly value: Expression
  readonly keyword?: string
  readonly spread?: 'list' | 'map'
}

export interface Item {
  readonly key?: Expression
  readonly value: Expression
  readonly spread?: boolean
}

export interface Clause {
  readonly target: Expression
  readonly iterable: Expression
  readonly conditions: readonly Expression[]
}

export type Shape = 'list' | 'tuple' | 'set' | 'map'

/** What every language's expressions become. `unknown` keeps the readable pieces of what a front end does not understand. */
export type Expression = Span &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly bytes?: boolean }
    | { readonly kind: 'template'; readonly parts: readonly (string | Expression)[] }
    // `declares`: as a target, it makes a variable of the running function rather than changing one around it.
    | { readonly kind: 'name'; readonly name: string; readonly declares?: boolean }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
    | {
        readonly kind: 'slice'
        readonly object: Expression
        readonly from?: Expression
        readonly to?: Expression
        readonly step?: Expression
      }
    | CallNode
    | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'logical'; readonly operator: 'and' | 'or' | 'otherwise'; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'not'; readonly operand: Expression }
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
    | { readonly kind: 'conditional'; readonly test: Expression; readonly consequence: Expression; readonly otherwise: Expression }
    | { readonly kind: 'collection'; readonly shape: Shape; readonly items: readonly Item[] }
    | {
        readonly kind: 'comprehension'
        readonly shape: Shape
        readonly element: Expression
        readonly key?: Expression
        readonly clauses: readonly Clause[]
      }
    | { readonly kind: 'function'; readonly function: FunctionNode }
    | { readonly kind: 'class'; readonly class: ClassNode }
    | { readonly kind: 'assign'; readonly target: Expression; readonly value: Expression }
    | { readonly kind: 'await'; readonly operand: Expression }
    | { readonly kind: 'unknown'; readonly children: readonly Expression[] }
  )

export type CallNode = Span & {
  readonly kind: 'call'
  readonly callee: Expression
  readonly arguments: readonly Argument[]
  readonly isNew?: boolean
}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not'
