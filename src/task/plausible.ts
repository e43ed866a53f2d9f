import type { Value } from '../records/value.ts'
import { isTagged } from '../syntax/python-value.ts'
import type { Example } from './example.ts'
import type { Subject } from './subject.ts'

/** Without calls of symbols: `f(abc) -> 1`, `f(xy) -> 2` show strings that lack their quotes, a lone `f(x) = 0` is mathematics. */
export function withoutSymbols(examples: Example[]): Example[] {
  const words = new Set(examples.filter(({ unquoted }) => unquoted === true).map(({ call }) => JSON.stringify(call.steps[0]?.arguments)))
  return words.size > 1 && [...words].some((word) => /\w{2}/.test(word)) ? examples : examples.filter(({ unquoted }) => unquoted !== true)
}

/** Whether an answer was written in round brackets: perhaps a tuple that lacks its comma. */
export function inBrackets(text: string): boolean {
  return text.startsWith('(') && text.endsWith(')')
}

type Kind = 'nothing' | 'truth' | 'number' | 'text' | 'sequence' | 'other'

/** What kind of answer a value is. */
export function kindOf(value: Value): Kind {
  if (value === null || isTagged(value, 'undefined')) return 'nothing'
  if (typeof value === 'boolean') return 'truth'
  if (typeof value === 'number' || isTagged(value, 'int') || isTagged(value, 'float')) return 'number'
  if (typeof value === 'string') return 'text'
  return Array.isArray(value) || isTagged(value, 'tuple') ? 'sequence' : 'other'
}

/** Whether most of the examples' answers are of the kind. */
export function mostly(examples: Example[], kind: Kind): boolean {
  const kinds = examples.flatMap(({ expected }) => (expected.kind === 'value' ? [kindOf(expected.value)] : []))
  return kinds.filter((other) => other === kind).length * 2 > kinds.length
}

/**
 * The examples that can be meant. A text also holds what only looks like one: the items of a recurrence, a counter-example. Where the
 * same call has two answers neither counts, and an answer that contradicts the return annotation does not.
 */
export function agreeing(subject: Subject, prose: string, examples: Example[]): Example[] {
  const answers = new Map<string, Set<string>>()
  for (const { call, expected } of examples) {
    const key = JSON.stringify(call)
    answers.set(key, (answers.get(key) ?? new Set()).add(JSON.stringify(expected.kind === 'value' ? expected.value : expected)))
  }
  const consistent = examples.filter(({ call }) => answers.get(JSON.stringify(call))?.size === 1)
  const items = definesSequence(subject, prose)
  const wanted = items ? 'sequence' : annotated(subject)
  const fitting = consistent.filter(({ expected }) => wanted === undefined || expected.kind === 'raises' || isKind(expected, wanted))
  return fitting.length > 0 || items ? fitting : consistent
}

function isKind(expected: { value: Value; text: string }, wanted: Kind): boolean {
  const kind = kindOf(expected.value)
  return kind === wanted || kind === 'nothing' || (wanted === 'sequence' && inBrackets(expected.text))
}

// `t(1) = 3`, `t(n) = t(n - 1) + 2`, "return a list of the first n": these define the items of the answer and are no examples of it.
function definesSequence(subject: Subject, prose: string): boolean {
  const parameters = subject.signature?.parameters.map(({ name }) => RegExp.escape(name)) ?? []
  if (subject.entryPoint === undefined || parameters.length === 0) return false
  const recurrence = new RegExp(`(?<![\\w$])${RegExp.escape(subject.entryPoint)}\\(\\s*(?:${parameters.join('|')})\\s*\\)\\s*(?:=|->)`)
  return recurrence.test(prose) && /\breturns?\s+(?:an?\s+|the\s+)*(?:(?:new|sorted)\s+)?(?:list|array|tuple)\b/i.test(prose)
}

const annotations: [RegExp, Kind][] = [
  [/^(?:bool|boolean)$/, 'truth'],
  [/^(?:int|float|number|bigint)$/, 'number'],
  [/^(?:str|string)$/, 'text'],
  [/^(?:List|Tuple|list|tuple|Array|Sequence|Iterable)\b|\[\]$/, 'sequence'],
]

function annotated(subject: Subject): Kind | undefined {
  const returns = subject.signature?.returns?.replace(/^(?:typing\.)?Optional\[(.*)\]$/, '$1').replace(/\s*\|\s*(?:None|null|undefined)$/, '')
  return annotations.find(([pattern]) => returns !== undefined && pattern.test(returns))?.[1]
}
