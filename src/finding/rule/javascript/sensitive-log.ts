import type { SinkEvent } from '../../engine/event.ts'
import { mentions } from '../expression.ts'
import { isSecretName } from '../name.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const isSecret = (name: string) =>
  isSecretName(name) && !/^[A-Z_]+$/.test(name) && !/(id|name|file|path|field|len|length|type|policy|hash|tokens)$/i.test(name)

/** A secret's own value, not its length, its type or a test of it. */
function check({ call }: SinkEvent): Report | undefined {
  const said = call.node.arguments.some(({ value }) => value.kind !== 'call' && mentions(value, isSecret))
  if (!said) return undefined
  // A token of a parser or a template is none of ours.
  const password = call.node.arguments.some(({ value }) => mentions(value, (name) => isSecret(name) && !/^token$/i.test(name)))
  return password ? reportAt('medium') : reportAt('low')
}

export const sensitiveLog = defineRule({
  id: 'javascript/sensitive-log',
  title: 'Secret written to the log',
  cwe: 532,
  owasp: 'A09:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message: 'A password or key is written to the log, where it is kept, copied and read by many. Leave it out, or log that it was there.',
  listeners: [onSink('log', check)],
})
