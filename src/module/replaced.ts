import type { SyntaxNode } from '../syntax/tree.ts'
import type { Definition } from './definition.ts'

const functions = new Set(['function_definition', 'function_declaration', 'generator_function_declaration'])

/**
 * The functions of a file that another one of the same name in the same block replaces before anybody calls them, and what is nested in them. Where the code
 * outside of all definitions (`outside`) mentions the name, it may have called the earlier one; where the later one is decorated, it may have been handed to it.
 */
export function replacedIn(root: SyntaxNode, definitions: readonly Definition[], outside: ReadonlySet<string> = new Set()): Definition[] {
  const blocks = new Map<Definition | undefined, { statements: ReadonlySet<SyntaxNode>; known: Map<string, Definition> }>()
  const replaced = new Set<Definition>()
  for (const definition of definitions.toReversed()) {
    const { name, outer, whole, callable } = definition
    if (!functions.has(callable.type) || outside.has(name)) continue
    const { statements, known } = blocks.get(outer) ?? { statements: new Set((outer?.body ?? root).children), known: new Map<string, Definition>() }
    blocks.set(outer, { statements, known })
    if (!statements.has(whole)) continue
    const later = known.get(name)
    if (later !== undefined && later.whole.type !== 'decorated_definition') replaced.add(definition)
    known.set(name, definition)
  }
  return definitions.filter((definition) => isWithin(definition, replaced))
}

function isWithin(definition: Definition, replaced: ReadonlySet<Definition>): boolean {
  return replaced.has(definition) || (definition.outer !== undefined && isWithin(definition.outer, replaced))
}
