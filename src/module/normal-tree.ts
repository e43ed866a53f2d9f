import type { Language } from '../records/language.ts'
import { isSilent } from '../syntax/canonical.ts'
import type { SyntaxNode } from '../syntax/tree.ts'
import { hashText } from './hash.ts'
import { isLocal, type Scope, scopesOf } from './scope.ts'

/** A node of a program's tree without what is a matter of taste: layout, punctuation, names of locals, `x += 1` for `x = x + 1`. */
export interface NormalNode {
  /** Hash of what it is; equal for all locals. */
  label: number
  /** Position of its parent, which comes before it; the root is its own. */
  parent: number
  leaf: boolean
  /** The name of a local, only to tell it from others. */
  local: string | undefined
  /** A name or a text that everybody sees. */
  word: string | undefined
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))
const dropped = words(`= ( ) { } [ ] , : ; . " ' => -> ? comment def function return for while if else elif class let var const import from lambda in of`)
const transparent = words('parenthesized_expression expression_statement else_clause block statement_block lexical_declaration variable_declaration')
const strings = words('string template_string')
const variables = words('identifier shorthand_property_identifier shorthand_property_identifier_pattern')
const synonyms: Record<string, string> = {
  variable_declarator: 'assignment',
  assignment_expression: 'assignment',
  augmented_assignment: 'assignment',
  augmented_assignment_expression: 'assignment',
  update_expression: 'assignment',
  '===': '==',
  '!==': '!=',
  elif_clause: 'if_statement',
  conditional_expression: 'if_statement',
  ternary_expression: 'if_statement',
  function_expression: 'arrow_function',
  lambda: 'arrow_function',
  comparison_operator: 'binary',
  binary_operator: 'binary',
  binary_expression: 'binary',
  boolean_operator: 'binary',
}
const localLabel = hashText(' local')

/** Parents before children, and children in the order of the text. Without recursion: programs may be nested without end. */
export function normalTree(language: Language, text: string, root: SyntaxNode): { nodes: NormalNode[]; scopes: Scope[] } {
  const scopes = scopesOf(text, root)
  const nodes: NormalNode[] = []
  const pending: { node: SyntaxNode; parent: number; scope: Scope | undefined }[] = [{ node: root, parent: 0, scope: undefined }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next
    if (dropped.has(node.type) || isSilent(language, text, node, { keepOutput: true })) continue
    const scope = scopes.get(node) ?? next.scope
    const children = childrenOf(node)
    let { parent } = next
    if (!transparent.has(node.type)) {
      nodes.push({ ...(children.length === 0 && node.named ? leafOf(text, node, scope) : inner(node, children)), parent })
      parent = nodes.length - 1
    }
    for (let i = children.length - 1; i >= 0; i--) pending.push({ node: children[i]!, parent, scope })
  }
  return { nodes, scopes: [...scopes.values()] }
}

function inner(node: SyntaxNode, children: readonly SyntaxNode[]): Omit<NormalNode, 'parent'> {
  return { label: hashText(synonyms[node.type] ?? node.type), leaf: children.length === 0, local: undefined, word: undefined }
}

function leafOf(text: string, node: SyntaxNode, scope: Scope | undefined): Omit<NormalNode, 'parent'> {
  const word = text.slice(node.start, node.end)
  if (variables.has(node.type) && isLocal(word, scope)) return { label: localLabel, leaf: true, local: word, word: undefined }
  if (strings.has(node.type)) return { label: hashText(`"${word.replaceAll(/^[a-zA-Z]*["'`]+|["'`]+$/g, '')}`), leaf: true, local: undefined, word }
  return { label: hashText(word), leaf: true, local: undefined, word: node.type.includes('identifier') ? word : undefined }
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  // Of a text only what is computed; without that it is one word.
  if (strings.has(node.type)) return node.children.filter(({ type }) => type === 'interpolation' || type === 'template_substitution')
  const [first, second, third] = node.children
  if (node.type === 'update_expression' && first !== undefined && second !== undefined) {
    const [operator, target] = first.named ? [second, first] : [first, second]
    return [target, computed(node, [target, invented(operator.type.slice(1), operator), invented('1', operator)])]
  }
  if (node.children.length !== 3 || first === undefined || second === undefined || third === undefined) return node.children
  if (node.type.startsWith('augmented_assignment')) return [first, computed(node, [first, invented(second.type.slice(0, -1), second), third])]
  const compares = node.type === 'comparison_operator' || node.type === 'binary_expression'
  if (compares && (second.type === '>' || second.type === '>=')) return [third, invented(second.type.replace('>', '<'), second), first]
  return node.children
}

function computed(node: SyntaxNode, children: SyntaxNode[]): SyntaxNode {
  return { type: 'binary', named: true, start: node.start, end: node.end, missing: false, children }
}

function invented(type: string, { start }: SyntaxNode): SyntaxNode {
  return { type, named: false, start, end: start, missing: false, children: [] }
}
