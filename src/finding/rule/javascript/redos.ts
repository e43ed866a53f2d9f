import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { patternIn } from '../../model/javascript/regex.ts'
import { reportAt } from '../judge.ts'
import { backtracks } from '../pattern-cost.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ receiver, positional, last }: CallEvent, machine: Machine): Report | undefined {
  const [pattern, subject] = last === 'test' || last === 'exec' ? [receiver, positional[0]] : [positional[0], receiver]
  return judgeMatch(patternIn(pattern), subject, machine)
}

function judgeMatch(pattern: string | undefined, subject: Value | undefined, machine: Machine): Report | undefined {
  if (pattern === undefined || subject === undefined || !backtracks(pattern)) return undefined
  const taint = machine.exposed(subject, 'regex').find(({ origin }) => origin.kind === 'user' || origin.kind === 'parameter')
  return taint === undefined ? undefined : reportAt(taint.origin.kind === 'user' ? 'high' : 'medium', taint)
}

/** Judged where it is made as well: whatever it meets later. */
function checkMade({ positional }: CallEvent): Report | undefined {
  const pattern = textOf(positional[0])
  return pattern !== undefined && backtracks(pattern) ? reportAt('habit') : undefined
}

export const redos = defineRule({
  id: 'javascript/redos',
  title: 'Pattern that backtracks without end',
  cwe: 1333,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'This pattern can match the same text in very many ways (a repeated group that itself repeats): a short text that almost matches keeps the only thread busy for hours. Write it without nested repetition, or bound the length of the text.',
  listeners: [
    onCall(['*.test', '*.match', 'RegExp.test', 'RegExp.exec', '*.replace', '*.split', '*.search', '*.matchAll'], check),
    onCall(['RegExp'], checkMade),
  ],
})
