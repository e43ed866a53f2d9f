import { type SyntaxNode, walk } from '../syntax/tree.ts'

/** Places where a program raises or throws: what it checks and does not accept, rather than work on it. */
export function refusalsIn(root: SyntaxNode): number {
  let count = 0
  for (const { type } of walk(root)) if (type === 'raise_statement' || type === 'throw_statement') count++
  return count
}
