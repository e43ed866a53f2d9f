import type { CallEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { constantOf, elementOf, formsOf } from '../../engine/value.ts'
import { shellFixes } from '../../fix/python/shell.ts'
import { usesShell } from '../../model/python/command.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onAnyCall, onSink, type Report } from '../rule.ts'
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
const whole: Levels = { user: 'high', console: 'medium', network: 'medium', parameter: 'medium', storage: 'habit' }
const named: Levels = { user: 'high', network: 'medium', parameter: 'medium', unknown: 'habit' }

/** A shell reads the text: what is not quoted is syntax. */
function check({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  const text = shellText({ value, call, variant })
  if (text === undefined) return undefined
  const open = machine.exposed(text, 'command')
  const assembled = formsOf(text)?.some((form) => form.length > 1) === true
  // A method of that name on something unknown is as a rule the project's own, and passes on what it is given.
  if (variant === 'remote' && !assembled) return judge(open, { user: 'high' })
  return judge(open, assembled ? built : whole)
}

const starter = /^(?:.*\/)?(?:env|nohup|sudo|nice|time|stdbuf|setsid|exec)$|^\w+=/
const shellProgram = /(^|[/\\])((ba|z|da|k)?sh|(cmd|powershell|pwsh)(\.exe)?)$/

/** The text that a shell gets, where one does. */
function shellText({ value, call, variant }: Pick<SinkEvent, 'value' | 'call' | 'variant'>): SinkEvent['value'] | undefined {
  if (variant !== 'spawn' || usesShell(call.keywords))
    return value.items?.kind === 'list' ? (value.items.values[0] ?? elementOf(value)) : value
  // `['sh', '-c', text]` is a shell by another way.
  const parts = value.items?.kind === 'list' ? value.items.values : call.positional
  // `env`, `sudo` and their like start the program that they are given.
  const first = parts.findIndex((part) => !starter.test(String(constantOf(part) ?? '')))
  const programs = parts[first]?.constants ?? []
  const at = parts.findIndex((part) => /^(-c|\/c|-Command|-lc)$/i.test(String(constantOf(part))))
  const isShell = programs.length > 0 && programs.every((program) => shellProgram.test(String(program)))
  return isShell && at > 0 ? parts[at + 1] : undefined
}

// Other people's wrappers: the name says that it runs something, the text that it is a command line.
const runner =
  /(^|_)(run|exec|execute|cmd|command|cli|ssh|shell|sh|bash|sudo|system|spawn|popen|call|check_output|getoutput|adb|invoke)(_|\d|$)/i
const commandLine = /^\s*(\w+=\S+\s+)*[a-z./{x$~][\w./{}$~-]*\s+\S/
const words = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2')

function looksLikeCommand(text: SinkEvent['value']): boolean {
  return (
    text.templates?.some((form) => {
      const literal = form.map((part) => (typeof part === 'string' ? part : 'x')).join('')
      return (
        form.length > 1 &&
        // countersign-ignore javascript/redos: each word ends where a space begins, so there is one way to match
        commandLine.test(literal) &&
        !looksLikeSql(literal) &&
        !/[<>]\w+>|[.!?:]\s*$|^\s*(x\s*)*$/.test(literal) &&
        form.some((part) => typeof part === 'string' && /[a-z]{2}/i.test(part) && /\s/.test(part))
      )
    }) === true
  )
}

function checkAnyCall(call: CallEvent, machine: Machine): Report | undefined {
  const { node } = call
  const [first] = call.positional
  if (first?.templates === undefined) return undefined
  if (!runner.test(words(call.last)) || machine.registry.sinks.has(call.name) || call.name.startsWith('here.') || /^[A-Z]/.test(call.last))
    return undefined
  if (node.arguments[0]?.spread !== undefined || !looksLikeCommand(first)) return undefined
  return judge(machine.exposed(first, 'command'), named)
}

export const commandInjection = defineRule({
  id: 'python/command-injection',
  title: 'Shell command built from values',
  cwe: 78,
  owasp: 'A03:2021',
  severity: 'critical',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value becomes part of a command that a shell interprets: `; rm -rf ~` in it runs too. Pass a list without a shell (`subprocess.run(["tool", value])`), or quote it with `shlex.quote`.',
  listeners: [onSink('command', check), onAnyCall(checkAnyCall)],
  fixes: shellFixes,
})
