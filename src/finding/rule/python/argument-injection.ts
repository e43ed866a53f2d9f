import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { usesShell } from '../../model/python/command.ts'
import { formsOf, textOf } from '../../engine/value.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const options: Levels = { user: 'habit', console: 'low', network: 'low', parameter: 'low' }

/** Without a shell: the program itself, or an option in place of a file. */
function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  if (variant !== 'spawn' || usesShell(call.keywords)) return undefined
  const parts = value.items?.kind === 'list' ? value.items.values : [value]
  const [program, ...rest] = parts
  const chosen =
    program === undefined || textOf(program) !== undefined
      ? undefined
      : judge(machine.exposed(program, 'argument'), { user: 'high', network: 'medium' })
  if (chosen !== undefined && (formsOf(program!)?.length ?? 0) === 0) return { ...chosen, cwe: 78 }
  // After `--` nothing is read as an option.
  const end = rest.findIndex((part) => textOf(part) === '--')
  return judge(
    rest.slice(0, end === -1 ? rest.length : end).flatMap((part) => (part.templates === undefined ? machine.exposed(part, 'argument') : [])),
    options,
  )
}

export const argumentInjection = defineRule({
  id: 'python/argument-injection',
  title: 'Program or options chosen from outside',
  cwe: 88,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A value from a request is the program to run, or an argument that may start with `-` and be read as an option. Choose the program from a fixed table, put `--` before operands and check what they start with.',
  listeners: [onSink('command', check)],
})
