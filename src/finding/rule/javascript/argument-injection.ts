import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textOf } from '../../engine/value.ts'
import { usesShell } from '../../model/javascript/command.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

/** Without a shell: an option in place of a file. */
function check({ variant, call }: SinkEvent, machine: Machine): Report | undefined {
  const [, list] = call.positional
  if (variant !== 'spawn' || list?.items?.kind !== 'list' || usesShell(call.positional)) return undefined
  const parts = list.items.values
  if (parts.some((part) => textOf(part) === '--')) return undefined
  const taint = parts
    .filter((part) => part.templates === undefined)
    .flatMap((part) => machine.exposed(part, 'argument'))
    .find(({ origin }) => origin.kind === 'user')
  return taint === undefined ? undefined : reportAt('habit', taint)
}

export const argumentInjection = defineRule({
  id: 'javascript/argument-injection',
  title: 'Option chosen from outside',
  cwe: 88,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A value from a request is an argument that may begin with `-` and be read as an option (`--upload-pack=...`). Put `--` before operands, and check what they begin with.',
  listeners: [onSink('command', check)],
})
