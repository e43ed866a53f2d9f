import type { ModuleKind } from '../records/module.ts'
import { childOf, type SyntaxNode } from '../syntax/tree.ts'

/** A definition in a program. `whole` is what belongs to it (decorators, `const`, `export`), `callable` what has the body. */
export interface Definition {
  name: string
  kind: ModuleKind
  whole: SyntaxNode
  callable: SyntaxNode
  body: SyntaxNode
  within: readonly string[]
  /** The definition around it. */
  outer: Definition | undefined
  /** The comments right before it, the last one first. */
  comments: readonly SyntaxNode[]
}

const functions = new Set(['function_definition', 'function_declaration', 'generator_function_declaration'])
const classes = new Set(['class_definition', 'class_declaration', 'abstract_class_declaration'])
const values = new Set(['arrow_function', 'function_expression', 'generator_function', 'class', 'lambda'])
// What stands around a definition and is part of it.
const around = new Set(['decorated_definition', 'export_statement', 'lexical_declaration', 'variable_declaration', 'expression_statement'])

// Beyond these a program is an attack: what is nested is kept as often as something is around it.
const deepest = 16
const mostDefinitions = 4000
const mostComments = 100

interface Place {
  node: SyntaxNode
  whole: SyntaxNode
  comments: readonly SyntaxNode[]
  outer: Definition | undefined
}

/** Every definition of a program, nested ones too, in the order of the text. */
export function definitionsOf(text: string, root: SyntaxNode): Definition[] {
  const found: Definition[] = []
  const pending: Place[] = [{ node: root, whole: root, comments: [], outer: undefined }]
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { node } = place
    const definition = definitionAt(text, place)
    if (definition !== undefined) found.push(definition)
    if (found.length === mostDefinitions) break
    const outer = definition ?? place.outer
    const types = around.has(node.type) ? Map.groupBy(node.children, ({ type }) => type) : undefined
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i]!
      // `const a = 1, f = () => 2` is two things: what is around them is not part of either.
      const whole = types?.get(child.type)?.length === 1 ? place.whole : child
      pending.push({ node: child, whole, comments: whole === child ? commentsBefore(node.children, i) : place.comments, outer })
    }
  }
  return found
}

function commentsBefore(siblings: readonly SyntaxNode[], index: number): SyntaxNode[] {
  const comments: SyntaxNode[] = []
  for (let i = index - 1; siblings[i]?.type === 'comment' && comments.length < mostComments; i--) comments.push(siblings[i]!)
  return comments
}

function isClass(node: SyntaxNode): boolean {
  return classes.has(node.type) || node.type === 'class'
}

function definitionAt(text: string, { node, whole, comments, outer }: Place): Definition | undefined {
  const target = childOf(node, 'name') ?? childOf(node, 'left') ?? childOf(node, 'property')
  const callable = functions.has(node.type) || classes.has(node.type) || node.type === 'method_definition' ? node : boundValue(node)
  const body = callable && childOf(callable, 'body')
  const name = target && /^[\w$#.]*?([\p{L}\p{N}_$]+)$/u.exec(text.slice(target.start, target.end))?.[1]
  if (callable === undefined || body === undefined || name === undefined || (outer?.within.length ?? 0) >= deepest) return undefined
  const within = outer === undefined ? [] : [...outer.within, outer.name]
  return { name, kind: kindOf(node, { callable, outer }), whole, callable, body, within, outer, comments }
}

function boundValue(node: SyntaxNode): SyntaxNode | undefined {
  if (!/^(?:variable_declarator|assignment|assignment_expression|field_definition|public_field_definition)$/.test(node.type)) return undefined
  const value = childOf(node, 'value') ?? childOf(node, 'right')
  return value !== undefined && values.has(value.type) ? value : undefined
}

function kindOf(node: SyntaxNode, { callable, outer }: Pick<Definition, 'callable' | 'outer'>): ModuleKind {
  if (isClass(callable)) return 'class'
  if (outer?.kind === 'class' || node.type === 'method_definition') return 'method'
  return node === callable ? 'function' : 'bound-function'
}
