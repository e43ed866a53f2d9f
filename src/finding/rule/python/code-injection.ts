import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { literalsAlone } from '../../fix/python/literals-alone.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const levels: Levels = {
  user: 'high',
  console: 'high',
  network: 'high',
  parameter: 'medium',
  storage: 'habit',
  environment: 'habit',
}

/** Emptied `__builtins__` are no sandbox: `().__class__.__base__.__subclasses__()` leads out of it. */
function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  return judge(machine.exposed(value, 'code'), levels)
}

export const codeInjection = defineRule({
  id: 'python/code-injection',
  title: 'Text from outside run as code',
  cwe: 94,
  owasp: 'A03:2021',
  severity: 'critical',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is run as Python: whoever controls it runs anything with the rights of this process, also with emptied `__builtins__`. Use `ast.literal_eval` for data, a table of functions for choices, or a parser of your own over `ast` with a list of allowed nodes.',
  listeners: [onSink('code', check)],
  fixes: [literalsAlone],
})
