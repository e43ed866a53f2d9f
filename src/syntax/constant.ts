import type { Language } from '../records/language.ts'
import type { Value } from '../records/value.ts'
import { dialectOf, type Expression, parseExpression } from './expression.ts'
import { applyOperator } from './operation.ts'
import { hashKey } from './python-value.ts'

/** An operator or builtin with the expressions it is applied to. */
export interface Application {
  operator: string
  operands: Expression[]
}

// Parameters that may be given by name: where they start, and what stands for one that is skipped.
const keywordParameters = new Map<string, { from: number; parameters: [string, Value][] }>([
  ['round', { from: 1, parameters: [['ndigits', null]] }],
  ['math.isclose', { from: 2, parameters: [['rel_tol', { $: 'float', v: '1e-09' }], ['abs_tol', 0]] }],
  ['isclose', { from: 2, parameters: [['rel_tol', { $: 'float', v: '1e-09' }], ['abs_tol', 0]] }],
])
const typeOperators = new Set(['isinstance', 'instanceof'])

/** The dotted path of names that an expression is, as in `math.inf`. */
export function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name
  const object = expression.kind === 'attribute' ? pathOf(expression.object) : undefined
  return expression.kind === 'attribute' && object !== undefined ? `${object}.${expression.name}` : undefined
}

/** Reads an expression as an operator or builtin of the language over operands, when it is one. */
export function applicationOf(expression: Expression): Application | undefined {
  if (expression.kind === 'apply') return expression.operator === 'new' ? construction(expression.operands[0]!) : namedTypes(expression)
  if (expression.kind === 'call') return builtinCall(expression)
  const path = pathOf(expression)
  return path === undefined ? undefined : { operator: path, operands: [] }
}

function construction(call: Expression): Application | undefined {
  if (call.kind !== 'call' || call.callee.kind !== 'name') return undefined
  return { operator: `new ${call.callee.name}`, operands: call.arguments }
}

function builtinCall(call: Expression & { kind: 'call' }): Application | undefined {
  const path = pathOf(call.callee)
  if (path === undefined) {
    if (call.callee.kind !== 'attribute' || call.keywords.length > 0) return undefined
    return { operator: `.${call.callee.name}`, operands: [call.callee.object, ...call.arguments] }
  }
  if (path === 'dict' && call.arguments.length === 0) return { operator: 'dict', operands: [entriesOf(call.keywords)] }
  const descending = call.keywords[0]
  if (path === 'sorted' && call.keywords.length === 1 && descending?.[0] === 'reverse' && descending[1].kind === 'value') {
    return { operator: descending[1].value === true ? 'sorted descending' : 'sorted', operands: call.arguments }
  }
  const operands = withKeywords(path, call)
  return operands === undefined ? undefined : namedTypes({ operator: path, operands })
}

function entriesOf(keywords: [string, Expression][]): Expression {
  return { kind: 'map', entries: keywords.map(([name, value]) => [{ kind: 'value', value: name }, value]) }
}

function withKeywords(path: string, call: Expression & { kind: 'call' }): Expression[] | undefined {
  if (call.keywords.length === 0) return call.arguments
  const places = keywordParameters.get(path)
  if (places === undefined || call.arguments.length !== places.from) return undefined
  if (!call.keywords.every(([name]) => places.parameters.some(([parameter]) => parameter === name))) return undefined
  const given = new Map(call.keywords)
  return [...call.arguments, ...places.parameters.map(([name, value]): Expression => given.get(name) ?? { kind: 'value', value })]
}

// `isinstance(x, (int, float))`: the types cross as their names.
function namedTypes(application: Application): Application {
  if (!typeOperators.has(application.operator)) return application
  const [value, type] = application.operands
  if (value === undefined || type === undefined) return application
  return { operator: application.operator, operands: [value, type.kind === 'tuple' ? { kind: 'tuple', items: type.items.map(typeName) } : typeName(type)] }
}

function typeName(type: Expression): Expression {
  return type.kind === 'name' ? { kind: 'value', value: type.name } : type
}

/** The value of an expression that depends on nothing: a literal, or operators and pure builtins over literals. */
export function constantOf(language: Language, expression: Expression): Value | undefined {
  switch (expression.kind) {
    case 'value':
      return expression.value
    case 'list':
    case 'tuple':
    case 'set':
      return collection(language, expression)
    case 'map':
      return mapping(language, expression.entries)
    case 'lambda':
      return undefined
    default:
      return applied(language, expression)
  }
}

function collection(language: Language, expression: Expression & { kind: 'list' | 'tuple' | 'set' }): Value | undefined {
  const items: Value[] = []
  for (const item of expression.items) {
    const value = constantOf(language, item)
    if (value === undefined) return undefined
    items.push(value)
  }
  if (expression.kind === 'list') return items
  if (expression.kind === 'tuple') return { $: 'tuple', v: items }
  const operation = applyOperator(language, 'set', [items])
  return operation.kind === 'value' ? operation.value : undefined
}

function mapping(language: Language, entries: [Expression, Expression][]): Value | undefined {
  const found = new Map<string, [Value, Value]>()
  for (const [keyExpression, valueExpression] of entries) {
    const key = constantOf(language, keyExpression)
    const value = constantOf(language, valueExpression)
    if (key === undefined || value === undefined || Array.isArray(key)) return undefined
    const identity = keyText(key)
    if (identity === undefined) return undefined
    found.set(identity, [found.get(identity)?.[0] ?? key, value])
  }
  return { $: 'map', v: [...found.values()] }
}

function keyText(key: Value): string | undefined {
  return typeof key === 'object' && key !== null && 'v' in key && (key.$ === 'map' || key.$ === 'opaque') ? undefined : hashKey(key)
}

function applied(language: Language, expression: Expression): Value | undefined {
  const application = applicationOf(expression)
  if (application === undefined) return undefined
  const operands: Value[] = []
  for (const operand of application.operands) {
    const value = constantOf(language, operand)
    if (value === undefined) return undefined
    operands.push(value)
  }
  const operation = applyOperator(language, application.operator, operands)
  return operation.kind === 'value' ? operation.value : undefined
}

/** Reads a text that is one constant and nothing else. */
export function readLiteral(language: Language, text: string): Value | undefined {
  const parsed = parseExpression(dialectOf(language), text.trim())
  return parsed !== undefined && parsed.end === text.trim().length ? constantOf(language, parsed.expression) : undefined
}
