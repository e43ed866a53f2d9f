import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Expression } from '../../ir/expression.ts'
import type { ClassNode, Handler, Statement } from '../../ir/statement.ts'
import { type Context, namedOf } from '../context.ts'
import { lowerAll, lowerArguments, lowerExpression } from './expression.ts'
import { functionOf, lowerFunction } from './function.ts'
import { lowerImport, lowerImportFrom } from './import.ts'
import { lowerMatch } from './match.ts'

type Lower = (node: SyntaxNode, context: Context) => Statement[]

export function lowerBlock(node: SyntaxNode | undefined, context: Context): Statement[] {
  return node === undefined ? [] : lowerStatements(node.children, context)
}

/**
 * Statements side by side. Where the parser lost the thread it leaves the pieces in a row, so a `def` without its body takes what
 * follows it: functions that were cut off are read as far as they go.
 */
export function lowerStatements(nodes: readonly SyntaxNode[], context: Context): Statement[] {
  const statements: Statement[] = []
  for (const [i, node] of nodes.entries()) {
    if (node.type === 'def') {
      const rest = nodes.slice(i + 1)
      const header: SyntaxNode = { ...node, type: 'function_definition', children: rest.slice(0, 3), end: rest.at(-1)?.end ?? node.end }
      const afterHeader = rest.findIndex((item) => item.type === 'parameters') + 1
      const body = lowerStatements(rest.slice(Math.max(1, afterHeader)), context)
      statements.push({
        kind: 'function',
        function: functionOf(header, { decorators: [], body, context }),
        start: node.start,
        end: header.end,
      })
      return statements
    }
    statements.push(...context.nested<Statement[]>([], () => lowerStatement(node, context)))
  }
  return statements
}

function lowerStatement(node: SyntaxNode, context: Context): Statement[] {
  const lower = table[node.type]
  if (lower !== undefined) return lower(node, context)
  if (!node.named || node.type === 'comment') return []
  return [{ kind: 'expression', expression: lowerExpression(node, context), ...span(node) }]
}

const span = ({ start, end }: SyntaxNode) => ({ start, end })
const field = (node: SyntaxNode, name: string, context: Context) => lowerExpression(childOf(node, name), context)
const nested: Lower = (node, context) => lowerStatements(node.children, context)
const none: Lower = () => []

const table: Record<string, Lower | undefined> = {
  ERROR: nested,
  block: nested,
  module: nested,
  pass_statement: none,
  expression_statement: lowerExpressionStatement,
  assignment: lowerAssignment,
  augmented_assignment: lowerAssignment,
  return_statement: (node, context) => {
    const [value] = namedOf(node)
    return [{ kind: 'return', ...(value && { value: lowerExpression(value, context) }), ...span(node) }]
  },
  raise_statement: (node, context) => {
    const [value] = namedOf(node)
    return [{ kind: 'raise', ...(value && { value: lowerExpression(value, context) }), ...span(node) }]
  },
  assert_statement: (node, context) => [{ kind: 'assert', test: lowerExpression(namedOf(node)[0], context), ...span(node) }],
  delete_statement: none,
  break_statement: (node) => [{ kind: 'break', ...span(node) }],
  continue_statement: (node) => [{ kind: 'continue', ...span(node) }],
  global_statement: (node, context) => [{ kind: 'global', names: namedOf(node).map((child) => context.textOf(child)), ...span(node) }],
  nonlocal_statement: (node, context) => [{ kind: 'global', names: namedOf(node).map((child) => context.textOf(child)), ...span(node) }],
  if_statement: lowerIf,
  for_statement: (node, context) => [
    {
      kind: 'loop',
      target: field(node, 'left', context),
      iterable: field(node, 'right', context),
      body: lowerBlock(childOf(node, 'body'), context),
      otherwise: lowerElse(node, context),
      ...span(node),
    },
  ],
  while_statement: (node, context) => [
    {
      kind: 'loop',
      test: field(node, 'condition', context),
      body: lowerBlock(childOf(node, 'body'), context),
      otherwise: lowerElse(node, context),
      ...span(node),
    },
  ],
  try_statement: lowerTry,
  with_statement: lowerWith,
  function_definition: (node, context) => [{ kind: 'function', function: lowerFunction(node, [], context), ...span(node) }],
  class_definition: (node, context) => [{ kind: 'class', class: lowerClass(node, [], context), ...span(node) }],
  decorated_definition: lowerDecorated,
  import_statement: (node, context) => [lowerImport(node, context)],
  import_from_statement: (node, context) => [lowerImportFrom(node, context)],
  future_import_statement: none,
  match_statement: lowerMatch,
  print_statement: (node, context) => [callStatement(node, { name: 'print', values: namedOf(node), context })],
  exec_statement: (node, context) => [callStatement(node, { name: 'exec', values: execParts(node), context })],
}

function callStatement(node: SyntaxNode, { name, values, context }: { name: string; values: SyntaxNode[]; context: Context }): Statement {
  const callee: Expression = { kind: 'name', name, start: node.start, end: node.start + name.length }
  const call: Expression = { kind: 'call', callee, arguments: lowerAll(values, context).map((value) => ({ value })), ...span(node) }
  return { kind: 'expression', expression: call, ...span(node) }
}

// `exec (code, names)` is the older spelling of `exec code in names`.
function execParts(node: SyntaxNode): SyntaxNode[] {
  const [code, ...rest] = namedOf(node)
  return code?.type === 'tuple' ? [...namedOf(code), ...rest] : code === undefined ? [] : [code, ...rest]
}

function lowerExpressionStatement(node: SyntaxNode, context: Context): Statement[] {
  const children = namedOf(node)
  const [only] = children
  if (children.length === 1 && only !== undefined && only.type.endsWith('assignment')) return lowerAssignment(only, context)
  return children.map((child) => statementOf(lowerExpression(child, context)))
}

function statementOf(expression: Expression): Statement {
  return { kind: 'expression', expression, start: expression.start, end: expression.end }
}

// `a = b = c` gives both names the same value, the last one first.
function lowerAssignment(node: SyntaxNode, context: Context): Statement[] {
  const right = childOf(node, 'right')
  const annotation = childOf(node, 'type')
  const operator = childOf(node, 'operator')
  const target = field(node, 'left', context)
  if (right === undefined) return []
  const before = right.type === 'assignment' ? lowerAssignment(right, context) : []
  const last = before.at(-1)
  const value = last?.kind === 'set' ? last.target : lowerExpression(right, context)
  return [
    ...before,
    {
      kind: 'set',
      target,
      value,
      ...(operator && { operator: context.textOf(operator).slice(0, -1) }),
      ...(annotation && { annotation: lowerExpression(annotation, context) }),
      ...span(node),
    },
  ]
}

function lowerIf(node: SyntaxNode, context: Context): Statement[] {
  let otherwise: Statement[] = lowerElse(node, context)
  const alternatives = node.children.filter((child) => child.type === 'elif_clause').reverse()
  for (const clause of [...alternatives, node]) {
    otherwise = [
      {
        kind: 'if',
        test: field(clause, 'condition', context),
        consequence: lowerBlock(childOf(clause, 'consequence'), context),
        otherwise,
        ...span(clause),
      },
    ]
  }
  return otherwise
}

function lowerElse(node: SyntaxNode, context: Context): Statement[] {
  const clause = node.children.find((child) => child.type === 'else_clause')
  return clause === undefined ? [] : lowerBlock(childOf(clause, 'body'), context)
}

function blockIn(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find((child) => child.type === 'block')
}

function lowerTry(node: SyntaxNode, context: Context): Statement[] {
  const handlers = node.children.filter((child) => child.type.startsWith('except')).map((child) => lowerHandler(child, context))
  const final = node.children.find((child) => child.type === 'finally_clause')
  return [
    {
      kind: 'try',
      body: lowerBlock(childOf(node, 'body'), context),
      handlers,
      otherwise: lowerElse(node, context),
      final: final === undefined ? [] : lowerBlock(blockIn(final), context),
      ...span(node),
    },
  ]
}

function lowerHandler(node: SyntaxNode, context: Context): Handler {
  // Python 2 wrote `except E, name:`.
  const [caught, older] = namedOf(node).filter((child) => child.type !== 'block')
  const type = caught?.type === 'as_pattern' ? namedOf(caught)[0] : caught
  const alias = caught?.type === 'as_pattern' ? childOf(caught, 'alias') : older
  const types = type === undefined ? [] : lowerAll(type.type === 'tuple' ? namedOf(type) : [type], context)
  return {
    types,
    ...(alias && { name: context.textOf(alias) }),
    body: lowerBlock(blockIn(node), context),
    ...span(node),
  }
}

function lowerWith(node: SyntaxNode, context: Context): Statement[] {
  const clause = node.children.find((child) => child.type === 'with_clause')
  const items = clause === undefined ? [] : namedOf(clause).filter((child) => child.type === 'with_item')
  const opened = items.map((item): Statement => {
    const value = childOf(item, 'value')
    const alias = value?.type === 'as_pattern' ? childOf(value, 'alias') : undefined
    const target = alias === undefined ? undefined : namedOf(alias)[0]
    const { start, end } = item
    const opened = lowerExpression(value, context)
    return target === undefined
      ? { kind: 'with', value: opened, start, end }
      : { kind: 'with', value: opened, target: lowerExpression(target, context), start, end }
  })
  return [...opened, ...lowerBlock(childOf(node, 'body'), context)]
}

function lowerClass(node: SyntaxNode, decorators: readonly Expression[], context: Context): ClassNode {
  const name = childOf(node, 'name')
  const superclasses = childOf(node, 'superclasses')
  const given = superclasses === undefined ? [] : lowerArguments(namedOf(superclasses), context)
  return {
    name: name === undefined ? '' : context.textOf(name),
    bases: given.filter((item) => item.keyword === undefined).map((item) => item.value),
    keywords: given.flatMap(({ keyword, value }) => (keyword === undefined ? [] : [{ name: keyword, value }])),
    decorators,
    body: lowerBlock(childOf(node, 'body'), context),
    ...span(node),
  }
}

function lowerDecorated(node: SyntaxNode, context: Context): Statement[] {
  const decorators = node.children.filter((child) => child.type === 'decorator').map((child) => lowerExpression(namedOf(child)[0], context))
  const definition = childOf(node, 'definition')
  if (definition?.type === 'function_definition')
    return [{ kind: 'function', function: lowerFunction(definition, decorators, context), ...span(node) }]
  if (definition?.type === 'class_definition') return [{ kind: 'class', class: lowerClass(definition, decorators, context), ...span(node) }]
  return decorators.map((expression) => ({ kind: 'expression', expression, start: expression.start, end: expression.end }))
}
