import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textOf } from '../../engine/value.ts'
import { usesShell } from '../../model/javascript/command.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const options: Levels = { user: 'habit', console: 'low', network: 'low', parameter: 'low' }

/** Without a shell: an option in place of a file. */
function check({ variant, call }: SinkEvent, machine: Machine): Report | undefined {
  const [, list] = call.positional
  if (variant !== 'spawn' || list?.items?.kind !== 'list' || usesShell(call.positional)) return undefined
  const parts = list.items.values
  // After `--` nothing is read as an option.
  const end = parts.findIndex((part) => textOf(part) === '--')
  return judge(
    parts.slice(0, end === -1 ? parts.length : end).flatMap((part) => (part.templates === undefined ? machine.exposed(part, 'argument') : [])),
    options,
  )
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
