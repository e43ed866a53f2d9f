import type { CallEvent } from '../../engine/event.ts'
import { usesShell } from '../../model/python/command.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const isFixed = (value: Value | undefined) => value !== undefined && value.constants !== undefined

function check({ keywords, positional, spread }: CallEvent): Report | undefined {
  const command = positional[0] ?? keywords.get('args')
  return usesShell(keywords) && !(isFixed(command) && spread.length === 0) ? reportAt('low') : undefined
}

function checkSystem({ positional }: CallEvent): Report | undefined {
  return constantOf(positional[0]) === undefined ? reportAt('low') : undefined
}

export const shellHabit = defineRule({
  id: 'python/shell-habit',
  title: 'Command through a shell',
  cwe: 78,
  owasp: 'A03:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'The command goes through a shell although nothing here needs one: a value that is added later becomes syntax. Pass a list of arguments and leave `shell` out.',
  listeners: [
    onCall(['subprocess.run', 'subprocess.call', 'subprocess.check_call', 'subprocess.check_output', 'subprocess.Popen'], check),
    onCall(
      ['os.system', 'os.popen', 'commands.getoutput', 'commands.getstatusoutput', 'subprocess.getoutput', 'subprocess.getstatusoutput'],
      checkSystem,
    ),
  ],
})
