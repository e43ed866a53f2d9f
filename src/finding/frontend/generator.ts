import type { Expression, Item, Span } from '../ir/expression.ts'
import type { Statement } from '../ir/statement.ts'

/** What a generator yields is gathered under a name that no program can write, and returned at its end. */
const yielded = 'yielded values'

/** `all`: everything that the value holds is yielded. The value of the whole is what was yielded: runners of generators give back what a promise comes to. */
export function yieldOf({ start, end }: Span, { value, all }: { value: Expression; all: boolean }): Expression {
  const at = { start, end }
  const list: Expression = { kind: 'name', name: yielded, ...at }
  const one: Expression = { kind: 'name', name: 'yielded value', declares: true, ...at }
  const items: Item[] = [
    { value: list, spread: true },
    { value: { kind: 'assign', target: one, value, ...at }, spread: all },
  ]
  const gathered: Expression = { kind: 'assign', target: list, value: { kind: 'collection', shape: 'list', items, ...at }, ...at }
  const both: Expression = { kind: 'collection', shape: 'list', items: [{ value: gathered }, { value: one }], ...at }
  return { kind: 'index', object: both, index: { kind: 'literal', value: 1, ...at }, ...at }
}

/** The body of a generator. */
export function gathering({ start, end }: Span, body: readonly Statement[]): Statement[] {
  const target: Expression = { kind: 'name', name: yielded, declares: true, start, end: start }
  const nothingYet: Expression = { kind: 'collection', shape: 'list', items: [], start, end: start }
  return [{ kind: 'set', target, value: nothingYet, start, end: start }, ...body, { kind: 'return', value: target, start: end, end }]
}
