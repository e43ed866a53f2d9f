import type { CallNode, Comparison, Expression, Span } from '../ir/expression.ts'
import type { ClassNode, FunctionNode, Handler, Parameter } from '../ir/statement.ts'
import type { ClassReference, Frame } from './frame.ts'
import type { Weakness } from './taint.ts'
import type { Value } from './value.ts'

/** A call with everything known of it. `name` is resolved (`os.system`, `sql.Cursor.execute`); `?.execute` where the receiver is unknown. */
export interface CallEvent {
  readonly node: CallNode
  readonly callee: Value
  readonly name: string
  readonly last: string
  readonly receiver: Value | undefined
  /** The receiver's last name as written: `cursor` in `self.cursor.execute`. */
  readonly receiverName: string
  readonly positional: readonly Value[]
  readonly keywords: ReadonlyMap<string, Value>
  /** Arguments that came in one piece (`*args`, `**options`). */
  readonly spread: readonly Value[]
}

/** An argument that reaches a place where it must not be in an attacker's hands. */
export interface SinkEvent {
  readonly call: CallEvent
  readonly value: Value
  readonly weakness: Weakness
  readonly variant: string | undefined
}

/** A name, attribute, key or keyword that is given a value. */
export interface SetEvent extends Span {
  readonly name: string
  readonly value: Value
  readonly expression: Expression
  readonly how: 'variable' | 'attribute' | 'key' | 'keyword' | 'fallback'
  /** The key, where it is no constant. */
  readonly key?: Value
  /** Where the key or attribute belongs. */
  readonly owner: Value | undefined
  readonly call?: CallEvent
}

export interface ReturnEvent extends Span {
  readonly value: Value
  readonly expression: Expression
  readonly function: FunctionNode
  /** The result goes to whoever asked from outside. */
  readonly answers: Frame['answers']
}

export interface CompareEvent extends Span {
  readonly operator: Comparison
  readonly left: Value
  readonly right: Value
  readonly leftExpression: Expression
  readonly rightExpression: Expression
}

export interface FunctionEvent extends Span {
  readonly function: FunctionNode
  readonly owner: ClassReference | undefined
  readonly decorators: readonly { readonly name: string; readonly value: Value; readonly call: CallNode | undefined }[]
  readonly route: Route | undefined
  readonly parameters: readonly Parameter[]
}

export interface ClassEvent extends Span {
  readonly class: ClassReference
  readonly node: ClassNode
}

export interface HandlerEvent extends Span {
  readonly handler: Handler
  readonly types: readonly Value[]
}

export interface AssertEvent extends Span {
  readonly test: Expression
  readonly value: Value
}

/** How the outside reaches a function. */
export interface Route {
  readonly path: string | undefined
  readonly methods: readonly string[]
  /** What the framework makes of a returned text: HTML, or JSON. */
  readonly body: 'html' | 'json' | 'unknown'
}

export interface Events {
  call: CallEvent
  sink: SinkEvent
  set: SetEvent
  return: ReturnEvent
  compare: CompareEvent
  function: FunctionEvent
  class: ClassEvent
  handler: HandlerEvent
  assert: AssertEvent
}

/** The argument at a position or under one of its names. */
export function argumentOf(call: CallEvent, position: number, ...names: readonly string[]): Value | undefined {
  for (const name of names) {
    const value = call.keywords.get(name)
    if (value !== undefined) return value
  }
  return position < 0 ? undefined : call.positional[position]
}

/** Whether something that is not visible may have given an argument (`**options`). */
export function mayHave(call: CallEvent, ...names: readonly string[]): boolean {
  return call.spread.length > 0 || names.some((name) => call.keywords.has(name))
}
