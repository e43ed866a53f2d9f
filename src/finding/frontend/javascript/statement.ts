import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression, Item } from '../../ir/expression.ts'
import type { Handler, Statement } from '../../ir/statement.ts'
import { type Context, namedOf } from '../context.ts'
import { lowerClass } from './class.ts'
import { lowerExpression, lowerNamed, nameIn, sequenceIn } from './expression.ts'
import { functionOf, lowerFunction } from './function.ts'
import { lowerExport, lowerImport } from './module.ts'
import { lowerTarget } from './pattern.ts'
import { lowerSwitch } from './switch.ts'

type Lower = (node: SyntaxNode, context: Context) => Statement[]

export function lowerBlock(node: SyntaxNode | undefined, context: Context): Statement[] {
  if (node === undefined) return []
  return node.type === 'statement_block' ? lowerStatements(node.children, context) : lowerStatements([node], context)
}

/** Statements side by side, functions first: they may be called before they are written. */
export function lowerStatements(nodes: readonly SyntaxNode[], context: Context): Statement[] {
  const statements: Statement[] = []
  for (const [i, node] of nodes.entries()) {
    const rest = nodes.slice(i + 1)
    if (node.type === 'formal_parameters') {
      statements.push(restAsBody(node, { before: nodes[i - 1], rest, context }))
      break
    }
    const body = rest[0]
    if (body?.type === 'statement_block' && isHeader(node, body, context)) {
      statements.push(looseMethod(node, body, context))
      continue
    }
    statements.push(...context.nested<Statement[]>([], () => lowerStatement(node, context)))
  }
  const declared = statements.filter(({ kind }) => kind === 'function')
  return declared.length === 0 ? statements : [...declared, ...statements.filter(({ kind }) => kind !== 'function')]
}

/** Where the parser lost the thread after the parameters, what follows is the body: functions that were cut off are read as far as they go. */
function restAsBody(
  node: SyntaxNode,
  options: { before: SyntaxNode | undefined; rest: readonly SyntaxNode[]; context: Context },
): Statement {
  const { before, rest, context } = options
  const end = rest.at(-1)?.end ?? node.end
  const header: SyntaxNode = { ...node, type: 'function_expression', children: [], end }
  const name = before !== undefined && before.type.endsWith('identifier') ? context.textOf(before) : ''
  const body = context.nested<Statement[]>([], () => lowerStatements(rest, context))
  return { kind: 'function', function: functionOf(header, body, { name, parameters: node, context }), start: node.start, end }
}

/** `name(request, response) { ... }` outside of its class. */
function isHeader(node: SyntaxNode, body: SyntaxNode, context: Context): boolean {
  const call = node.type === 'expression_statement' ? namedOf(node)[0] : undefined
  if (call?.type !== 'call_expression' || childOf(call, 'function')?.type !== 'identifier') return false
  const given = childOf(call, 'arguments')
  return (
    given?.type === 'arguments' &&
    namedOf(given).every(({ type }) => /^(identifier|object|array|assignment_expression)$/.test(type)) &&
    !context.text.slice(call.end, body.start).includes('\n')
  )
}

function looseMethod(node: SyntaxNode, body: SyntaxNode, context: Context): Statement {
  const call = namedOf(node)[0]!
  const given = childOf(call, 'arguments')!
  const name = context.textOf(childOf(call, 'function')!)
  const header: SyntaxNode = { ...call, children: [], end: body.end }
  const parameters: SyntaxNode = { ...given, type: 'formal_parameters' }
  return { kind: 'function', function: functionOf(header, lowerBlock(body, context), { name, parameters, context }), ...span(header) }
}

function lowerStatement(node: SyntaxNode, context: Context): Statement[] {
  const lower = table[node.type]
  if (lower !== undefined) return lower(node, context)
  if (!node.named || ignored.test(node.type)) return []
  return [{ kind: 'expression', expression: lowerExpression(node, context), ...span(node) }]
}

const ignored =
  /^(comment|empty_statement|debugger_statement|interface_declaration|type_alias_declaration|function_signature|hash_bang_line|ambient_declaration|statement_identifier|decorator|type_annotation|jsx_text)$/
const span = ({ start, end }: SyntaxNode) => ({ start, end })
const nested: Lower = (node, context) => lowerStatements(node.children, context)
const declaredFunction: Lower = (node, context) => [{ kind: 'function', function: lowerFunction(node, context), ...span(node) }]
const declaredClass: Lower = (node, context) => [{ kind: 'class', class: lowerClass(node, context), ...span(node) }]
const block = (node: SyntaxNode, role: string, context: Context) => lowerBlock(childOf(node, role), context)

const table: Record<string, Lower | undefined> = {
  ERROR: nested,
  program: nested,
  statement_block: nested,
  expression_statement: (node, context) => namedOf(node).flatMap((child) => lowerExpressionStatement(child, context)),
  lexical_declaration: lowerDeclaration,
  variable_declaration: lowerDeclaration,
  function_declaration: declaredFunction,
  generator_function_declaration: declaredFunction,
  class_declaration: declaredClass,
  abstract_class_declaration: declaredClass,
  method_definition: declaredFunction,
  import_statement: lowerImport,
  export_statement: lowerExport,
  return_statement: (node, context) => {
    const [value] = namedOf(node)
    return [{ kind: 'return', ...(value && { value: lowerExpression(value, context) }), ...span(node) }]
  },
  throw_statement: (node, context) => {
    const [value] = namedOf(node)
    return [{ kind: 'raise', ...(value && { value: lowerExpression(value, context) }), ...span(node) }]
  },
  break_statement: (node) => [{ kind: 'break', ...span(node) }],
  continue_statement: (node) => [{ kind: 'continue', ...span(node) }],
  labeled_statement: (node, context) => block(node, 'body', context),
  with_statement: (node, context) => block(node, 'body', context),
  if_statement: lowerIf,
  switch_statement: lowerSwitch,
  for_statement: lowerFor,
  for_in_statement: lowerForIn,
  while_statement: lowerWhile,
  do_statement: lowerWhile,
  try_statement: lowerTry,
  enum_declaration: lowerEnum,
  internal_module: (node, context) => block(node, 'body', context),
  module: (node, context) => block(node, 'body', context),
}

function lowerExpressionStatement(node: SyntaxNode, context: Context): Statement[] {
  if (node.type === 'internal_module') return block(node, 'body', context)
  if (node.type === 'sequence_expression') return sequenceIn(node).flatMap((child) => lowerExpressionStatement(child, context))
  if (node.type === 'assignment_expression') return lowerAssignment(node, context)
  return [{ kind: 'expression', expression: lowerExpression(node, context), ...span(node) }]
}

// `a = b = c` gives both the same value, the last one first.
function lowerAssignment(node: SyntaxNode, context: Context): Statement[] {
  const right = childOf(node, 'right')
  const target = lowerTarget(childOf(node, 'left'), context, false)
  const before = right?.type === 'assignment_expression' ? context.nested<Statement[]>([], () => lowerAssignment(right, context)) : []
  const last = before.at(-1)
  const value = last?.kind === 'set' ? last.target : lowerNamed(right, nameIn(target), context)
  return [...before, { kind: 'set', target, value, ...span(node) }]
}

function lowerDeclaration(node: SyntaxNode, context: Context): Statement[] {
  return namedOf(node)
    .filter(({ type }) => type === 'variable_declarator')
    .map((child): Statement => {
      const target = lowerTarget(childOf(child, 'name'), context, true)
      const { start, end } = child
      return { kind: 'set', target, value: lowerNamed(childOf(child, 'value'), nameIn(target), context), start, end }
    })
}

function lowerIf(node: SyntaxNode, context: Context): Statement[] {
  const clause = childOf(node, 'alternative')
  const [alternative] = clause === undefined ? [] : namedOf(clause)
  const test = lowerExpression(childOf(node, 'condition'), context)
  const otherwise = lowerBlock(alternative, context)
  return [{ kind: 'if', test, consequence: block(node, 'consequence', context), otherwise, ...span(node) }]
}

function lowerFor(node: SyntaxNode, context: Context): Statement[] {
  const increment = childOf(node, 'increment')
  const condition = node.children.find(({ field, named }) => field === 'condition' && named)
  const test = condition?.type === 'expression_statement' ? namedOf(condition)[0] : condition
  const body = [...block(node, 'body', context), ...(increment === undefined ? [] : lowerExpressionStatement(increment, context))]
  const loop: Statement = { kind: 'loop', ...(test && { test: lowerExpression(test, context) }), body, otherwise: [], ...span(node) }
  return [...block(node, 'initializer', context), loop]
}

function lowerForIn(node: SyntaxNode, context: Context): Statement[] {
  const declares = childOf(node, 'kind') !== undefined
  const right = lowerExpression(childOf(node, 'right'), context)
  const { start, end } = right
  const keys: Expression = {
    kind: 'call',
    callee: { kind: 'attribute', object: { kind: 'name', name: 'Object', start, end: start }, name: 'keysIn', start, end: start },
    arguments: [{ value: right }],
    start,
    end,
  }
  const overKeys = context.textOf(childOf(node, 'operator') ?? node) === 'in'
  const target = lowerTarget(childOf(node, 'left'), context, declares)
  return [{ kind: 'loop', target, iterable: overKeys ? keys : right, body: block(node, 'body', context), otherwise: [], ...span(node) }]
}

function lowerWhile(node: SyntaxNode, context: Context): Statement[] {
  const test = lowerExpression(childOf(node, 'condition'), context)
  return [{ kind: 'loop', test, body: block(node, 'body', context), otherwise: [], ...span(node) }]
}

function lowerTry(node: SyntaxNode, context: Context): Statement[] {
  const clause = childOf(node, 'handler')
  const final = childOf(node, 'finalizer')
  return [
    {
      kind: 'try',
      body: block(node, 'body', context),
      handlers: clause === undefined ? [] : [lowerHandler(clause, context)],
      otherwise: [],
      final: final === undefined ? [] : block(final, 'body', context),
      ...span(node),
    },
  ]
}

function lowerHandler(node: SyntaxNode, context: Context): Handler {
  const parameter = childOf(node, 'parameter')
  const body = block(node, 'body', context)
  if (parameter === undefined) return { types: [], body, ...span(node) }
  if (parameter.type === 'identifier') return { types: [], name: context.textOf(parameter), body, ...span(node) }
  // `catch ({ message })`
  const value: Expression = { kind: 'name', name: 'caught error', ...span(parameter) }
  const taken: Statement = { kind: 'set', target: lowerTarget(parameter, context, true), value, ...span(parameter) }
  return { types: [], name: 'caught error', body: [taken, ...body], ...span(node) }
}

function lowerEnum(node: SyntaxNode, context: Context): Statement[] {
  const name = childOf(node, 'name')
  const body = childOf(node, 'body')
  if (name === undefined || body === undefined) return []
  const items = namedOf(body).map((child): Item => {
    const key = context.textOf(childOf(child, 'name') ?? child)
    const value = childOf(child, 'value')
    return {
      key: { kind: 'literal', value: key, ...span(child) },
      value: value === undefined ? { kind: 'literal', value: key, ...span(child) } : lowerExpression(value, context),
    }
  })
  const target: Expression = { kind: 'name', name: context.textOf(name), declares: true, ...span(name) }
  return [{ kind: 'set', target, value: { kind: 'collection', shape: 'map', items, ...span(body) }, ...span(node) }]
}
