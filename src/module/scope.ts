import type { SyntaxNode } from '../syntax/tree.ts'

/** A function's own names. A class and the top level have none: what they bind is seen from outside. */
export interface Scope {
  names: Set<string>
  /** Those of `names` that are parameters, in their order. */
  parameters: string[]
  outer: Scope | undefined
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))
const functions = words(`function_definition lambda list_comprehension set_comprehension dictionary_comprehension generator_expression
  function_declaration generator_function_declaration function_expression generator_function arrow_function method_definition`)
const classes = words('class_definition class_declaration class')
const definitions = words('function_definition class_definition function_declaration generator_function_declaration class_declaration')
// In this role of this node a name gets its meaning; so do the names inside a pattern that stands there.
const binders = words(`assignment.left augmented_assignment.left named_expression.name for_statement.left for_in_clause.left for_in_statement.left
  variable_declarator.name catch_clause.parameter`)
const parameterLists = words('parameters lambda_parameters formal_parameters')
const patterns = words(`parameters lambda_parameters formal_parameters pattern_list tuple_pattern list_pattern list_splat_pattern
  dictionary_splat_pattern as_pattern_target typed_parameter object_pattern array_pattern rest_pattern`)
const boundPart: Record<string, string> = {
  default_parameter: 'name',
  typed_default_parameter: 'name',
  assignment_pattern: 'left',
  object_assignment_pattern: 'left',
  pair_pattern: 'value',
  required_parameter: 'pattern',
  optional_parameter: 'pattern',
}
const variables = words('identifier shorthand_property_identifier_pattern')

type Binding = 'parameter' | 'variable' | undefined

/** The scope that each function of a program opens, by its node. */
export function scopesOf(text: string, root: SyntaxNode): Map<SyntaxNode, Scope> {
  const scopes = new Map<SyntaxNode, Scope>()
  const pending: { node: SyntaxNode; scope: Scope | undefined; binding: Binding }[] = [{ node: root, scope: undefined, binding: undefined }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, scope: outer, binding } = next
    if (binding !== undefined && variables.has(node.type) && outer !== undefined) bind(outer, text.slice(node.start, node.end), binding)
    let scope = classes.has(node.type) ? undefined : outer
    if (functions.has(node.type)) {
      scope = { names: new Set(), parameters: [], outer }
      scopes.set(node, scope)
    }
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i]!
      const own = child.field === 'name' && definitions.has(node.type)
      pending.push({ node: child, scope: own ? outer : scope, binding: own ? 'variable' : bindingOf(node, child, binding) })
    }
  }
  return scopes
}

function bind(scope: Scope, name: string, binding: Binding): void {
  if (binding === 'parameter' && !scope.names.has(name)) scope.parameters.push(name)
  scope.names.add(name)
}

function bindingOf(node: SyntaxNode, child: SyntaxNode, binding: Binding): Binding {
  if (parameterLists.has(child.type) || (node.type === 'arrow_function' && child.field === 'parameter')) return 'parameter'
  if (child.type === 'as_pattern_target' || binders.has(`${node.type}.${child.field}`)) return 'variable'
  if (binding === undefined) return undefined
  const part = boundPart[node.type]
  return (part === undefined ? patterns.has(node.type) && child.field !== 'type' : child.field === part) ? binding : undefined
}

/** Whether a name means something of the function's own. */
export function isLocal(name: string, scope: Scope | undefined): boolean {
  for (let at = scope; at !== undefined; at = at.outer) if (at.names.has(name)) return true
  return false
}
