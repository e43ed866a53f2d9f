import type { Expression } from '../ir/expression.ts'

/** What an expression is called as it is written: `password` in `user.password`, in `body['password']` and in `password.trim()`. */
export function nameIn(expression: Expression | undefined): string {
  if (expression === undefined) return ''
  if (expression.kind === 'name' || expression.kind === 'attribute') return expression.name
  if (expression.kind === 'index') return expression.index.kind === 'literal' ? String(expression.index.value) : ''
  if (expression.kind === 'await') return nameIn(expression.operand)
  return expression.kind === 'call' && expression.callee.kind === 'attribute' ? nameIn(expression.callee.object) : ''
}

/** Whether any name in an expression is one of those: in the pieces of a text as well, but not in what is done with it. */
export function mentions(expression: Expression, isOne: (name: string) => boolean): boolean {
  if (expression.kind === 'template') return expression.parts.some((part) => typeof part !== 'string' && mentions(part, isOne))
  if (expression.kind === 'binary' || expression.kind === 'logical')
    return mentions(expression.left, isOne) || mentions(expression.right, isOne)
  if (expression.kind === 'conditional') return mentions(expression.consequence, isOne) || mentions(expression.otherwise, isOne)
  if (expression.kind === 'collection') return expression.items.some(({ value }) => mentions(value, isOne))
  return isOne(nameIn(expression))
}
