import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf, elementOf, formsOf, type Value } from '../../engine/value.ts'
import { withoutShell } from '../../fix/javascript/without-shell.ts'
import { usesShell } from '../../model/javascript/command.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'
import { looksLikeSql } from '../sql-text.ts'

const built: Levels = {
  user: 'high',
  console: 'medium',
  network: 'medium',
  parameter: 'medium',
  storage: 'habit',
  environment: 'low',
  unknown: 'medium',
}
const whole: Levels = { user: 'high', network: 'medium', parameter: 'medium', storage: 'habit' }

/** A shell reads the text: what is not quoted is syntax. */
function check(event: SinkEvent, machine: Machine): Report | undefined {
  const text = shellText(event)
  if (text === undefined) return event.variant === 'spawn' ? program(event, machine) : undefined
  const assembled = formsOf(text)?.some((form) => form.length > 1) === true
  const open = machine.exposed(text, 'command')
  // Anything may be called `exec`: a text that begins like a command line makes it a shell's.
  if (event.variant === 'named' && (!assembled || !isCommandLine(text))) return undefined
  if (event.variant === 'remote' && !assembled) return judge(open, { user: 'high' })
  return judge(open, assembled ? built : whole)
}

const isCommandLine = (text: Value) =>
  formsOf(text)?.some((form) => typeof form[0] === 'string' && /^[a-z][\w./-]*\s/.test(form[0]) && !looksLikeSql(form[0])) === true

const shellProgram = /(^|[/\\])((ba|z|da|k)?sh|(cmd|powershell|pwsh)(\.exe)?)$/

/** The text that a shell gets, where one does. */
function shellText({ value, call, variant }: SinkEvent): Value | undefined {
  if (variant === 'program') return undefined
  if (variant !== 'spawn') return value
  const [, list] = call.positional
  const given = list?.items?.kind === 'list' ? list : undefined
  if (usesShell(call.positional)) return given === undefined ? value : joined(value, given)
  // `spawn('sh', ['-c', text])` is a shell by another way.
  const parts = given?.items?.kind === 'list' ? given.items.values : []
  const at = parts.findIndex((part) => /^(-c|\/c|-Command|-lc)$/i.test(String(constantOf(part))))
  const isShell = value.constants?.every((item) => shellProgram.test(String(item))) === true
  return isShell && at !== -1 ? parts[at + 1] : undefined
}

const joined = (value: Value, list: Value): Value => (formsOf(value) !== undefined && value.taints.length === 0 ? elementOf(list) : value)

/** Without a shell: the program itself. */
function program({ value }: SinkEvent, machine: Machine): Report | undefined {
  return formsOf(value) === undefined ? judge(machine.exposed(value, 'command'), { user: 'high' }) : undefined
}

export const commandInjection = defineRule({
  id: 'javascript/command-injection',
  title: 'Shell command built from values',
  cwe: 78,
  owasp: 'A03:2021',
  severity: 'critical',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "A value is part of a command line that a shell reads: `; rm -rf ~` in it is run as well. Start the program without a shell and give its arguments as a list (`execFile('git', ['log', '--', name])`), and check that none begins with `-`.",
  listeners: [onSink('command', check)],
  fixes: [withoutShell],
})
