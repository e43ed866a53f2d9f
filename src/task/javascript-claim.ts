import type { Check } from '../records/test.ts'
import { pathOf } from '../syntax/constant.ts'
import type { Expression } from '../syntax/expression.ts'
import type { CheckBuilder } from './check-builder.ts'

// node:assert's and chai's assertions that are an operator over two arguments; `!` negates.
const assertions = new Map(Object.entries({
  equal: '==',
  notEqual: '!=',
  strictEqual: 'Object.is',
  notStrictEqual: '!Object.is',
  deepEqual: 'deepEqual',
  notDeepEqual: '!deepEqual',
  deepStrictEqual: 'deepStrictEqual',
  notDeepStrictEqual: '!deepStrictEqual',
}))
// What vitest, jest and chai expect of a value, with one argument.
const matchers = new Map(Object.entries({
  toBe: 'Object.is',
  toEqual: 'toEqual',
  toStrictEqual: 'toStrictEqual',
  toBeCloseTo: 'toBeCloseTo',
  toBeGreaterThan: '>',
  toBeGreaterThanOrEqual: '>=',
  toBeLessThan: '<',
  toBeLessThanOrEqual: '<=',
  toContain: 'toContain',
  toContainEqual: 'toContainEqual',
  toHaveLength: 'toHaveLength',
  equal: '===',
  equals: '===',
  eq: '===',
  eql: 'deepStrictEqual',
  'deep.equal': 'deepStrictEqual',
}))
// What they expect without one: an operator, and the other operand if it has any.
const states = new Map<string, [string, Expression?]>(Object.entries({
  toBeTruthy: ['bool'],
  toBeFalsy: ['unary !'],
  toBeNull: ['===', { kind: 'value', value: null }],
  toBeUndefined: ['===', { kind: 'value', value: { $: 'undefined' } }],
  toBeDefined: ['!==', { kind: 'value', value: { $: 'undefined' } }],
  toBeNaN: ['Number.isNaN'],
  true: ['===', { kind: 'value', value: true }],
  false: ['===', { kind: 'value', value: false }],
  null: ['===', { kind: 'value', value: null }],
  undefined: ['===', { kind: 'value', value: { $: 'undefined' } }],
}))
const chainWords = new Set(['to', 'be', 'been', 'is', 'a', 'an', 'and', 'that', 'resolves'])
const comparisons = new Set(['==', '===', '!=', '!==', '<', '<=', '>', '>=', '&&', '||', 'unary !'])

/** What a JavaScript statement claims: an assertion of node:assert, vitest, jest or chai, `console.assert`, or a bare comparison. */
export function javascriptClaim(builder: CheckBuilder, statement: Expression): Check | undefined {
  if (statement.kind === 'apply' && comparisons.has(statement.operator)) return builder.check(statement)
  return assertClaim(builder, statement) ?? expectClaim(builder, statement)
}

function assertClaim(builder: CheckBuilder, statement: Expression): Check | undefined {
  if (statement.kind !== 'call') return undefined
  const path = pathOf(statement.callee)
  const [first, second] = statement.arguments
  if (path === undefined || first === undefined) return undefined
  if (path === 'assert' || path === 'console.assert' || path === 'assert.ok') return builder.check(first)
  const name = /^assert(?:\.strict)?\.(\w+)$/.exec(path)?.[1]
  if (name === 'throws') return thrown(builder, first, second)
  const operator = name === undefined ? undefined : assertions.get(name)
  return operator === undefined || second === undefined ? undefined : perhapsNot(builder, operator, [first, second])
}

function perhapsNot(builder: CheckBuilder, operator: string, operands: Expression[]): Check | undefined {
  if (!operator.startsWith('!') || operator.startsWith('!=')) return builder.apply(operator, operands)
  return negate(builder.apply(operator.slice(1), operands))
}

function negate(check: Check | undefined): Check | undefined {
  return check === undefined ? undefined : { kind: 'apply', operator: 'unary !', operands: [check] }
}

function thrown(builder: CheckBuilder, body: Expression, type?: Expression): Check | undefined {
  if (body.kind !== 'lambda') return undefined
  return builder.raises(body.body, type?.kind === 'name' ? type.name : undefined)
}

function expectClaim(builder: CheckBuilder, statement: Expression): Check | undefined {
  const words: string[] = []
  const called = statement.kind === 'call' ? statement : undefined
  let at = called?.callee ?? statement
  for (; at.kind === 'attribute'; at = at.object) words.unshift(at.name)
  const subject = at.kind === 'call' && pathOf(at.callee) === 'expect' ? at.arguments[0] : undefined
  if (subject === undefined) return undefined
  const chain = words.filter((word) => !chainWords.has(word))
  const name = chain.filter((word) => word !== 'not').join('.')
  const claim = expected(builder, subject, { name, operands: called?.arguments ?? [] })
  return chain.includes('not') ? negate(claim) : claim
}

function expected(builder: CheckBuilder, subject: Expression, matcher: { name: string; operands: Expression[] }): Check | undefined {
  const { name, operands } = matcher
  if (name === 'toThrow' || name === 'toThrowError' || name === 'throw') return thrown(builder, subject, operands[0])
  const state = operands.length === 0 ? states.get(name) : undefined
  if (state !== undefined) return builder.apply(state[0], state[1] === undefined ? [subject] : [subject, state[1]])
  const operator = operands.length > 0 ? matchers.get(name) : undefined
  return operator === undefined ? undefined : builder.apply(operator, [subject, ...operands])
}
