import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'
import { backtracks } from '../pattern-cost.ts'

function check({ positional, last, receiver }: CallEvent, machine: Machine): Report | undefined {
  const pattern = textOf(positional[0])
  if (pattern === undefined || receiver?.type === 're.Pattern' || !backtracks(pattern)) return undefined
  const subject = last === 'sub' ? positional[2] : positional[1]
  const taint =
    subject === undefined
      ? undefined
      : machine.exposed(subject, 'regex').find(({ origin }) => origin.kind === 'user' || origin.kind === 'parameter')
  return taint === undefined ? undefined : reportAt(taint.origin.kind === 'user' ? 'high' : 'medium', taint)
}

/** Compiled patterns are judged where they are made: whatever they meet later. */
function checkCompile({ positional }: CallEvent): Report | undefined {
  const pattern = textOf(positional[0])
  return pattern !== undefined && backtracks(pattern) ? reportAt('habit') : undefined
}

export const redos = defineRule({
  id: 'python/redos',
  title: 'Pattern that backtracks without end',
  cwe: 1333,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'This pattern can match the same text in very many ways (a repeated group that itself repeats): a short text that almost matches keeps the processor busy for hours. Write it without nested repetition, bound the length of the text, or use an engine without backtracking.',
  listeners: [
    onCall(['re.match', 're.fullmatch', 're.search', 're.findall', 're.finditer', 're.sub'], check),
    onCall(['re.compile'], checkCompile),
  ],
})
