import type { Edit } from '../../../records/finding.ts'
import type { CallEvent, SinkEvent } from '../../engine/event.ts'
import { Call } from '../../fix/python/call.ts'
import { quoted } from '../../fix/python/literal.ts'
import { templateOf } from '../../fix/python/template.ts'
import type { Site } from '../../fix/site.ts'
import { holesOf } from '../../fix/template.ts'
import type { Expression } from '../../ir/expression.ts'
import { reportAt } from '../judge.ts'
import { isSecretName } from '../name.ts'
import { defineRule, onCall, onSink, type Report } from '../rule.ts'

function check({ call }: SinkEvent): Report | undefined {
  return mentions(call) ? reportAt('medium') : undefined
}

const checkPrint = (call: CallEvent): Report | undefined => (mentions(call) ? { ...reportAt('habit'), cwe: 312 } : undefined)

const mentions = (call: CallEvent) => call.node.arguments.some((argument) => secretIn(argument.value))

/** A secret's own value, not its length, its type or a test of it. */
function secretIn(expression: Expression): boolean {
  if (expression.kind === 'name' || expression.kind === 'attribute')
    return isSecretName(expression.name) && !/^[A-Z_]+$|_(id|name|file|path|field|len|length|type|policy|hash)$/.test(expression.name)
  if (expression.kind === 'template') return expression.parts.some((part) => typeof part !== 'string' && secretIn(part))
  if (expression.kind === 'binary') return secretIn(expression.left) || secretIn(expression.right)
  if (expression.kind === 'index') return expression.index.kind === 'literal' && isSecretName(String(expression.index.value))
  if (expression.kind === 'collection') return expression.shape === 'tuple' && expression.items.some((item) => secretIn(item.value))
  return (
    expression.kind === 'call' &&
    expression.callee.kind === 'attribute' &&
    expression.callee.name === 'format' &&
    expression.arguments.some((argument) => secretIn(argument.value))
  )
}

function redacted(site: Site): Edit[] {
  const isSecret = (node: { start: number; end: number }) => isSecretName(/(\w+)\W*$/.exec(site.textOf(node))?.[1] ?? '')
  return (Call.at(site, site.node)?.arguments ?? []).flatMap(({ value }) => {
    const template = templateOf(site, value)
    if (template === undefined)
      return value.type !== 'string' && isSecret(value) ? [site.replace(value, quoted(site, '[redacted]', value))] : []
    const secrets = holesOf(template).filter((hole) => isSecret(hole.value))
    const unformat = template.style === 'f' && secrets.length === holesOf(template).length ? template.unformat : []
    return unformat.concat(
      secrets.map((hole) =>
        hole.isInside ? site.replace(hole, '[redacted]') : site.replace(hole.value, quoted(site, '[redacted]', hole.value)),
      ),
    )
  })
}

export const sensitiveLog = defineRule({
  id: 'python/sensitive-log',
  title: 'Secret written to the log',
  cwe: 532,
  owasp: 'A09:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message: 'A password or key is written to the log, where it is kept, copied and read by many. Leave it out, or log that it was there.',
  listeners: [onSink('log', check), onCall(['print'], checkPrint)],
  fixes: [
    {
      title: 'The log says `[redacted]` in place of the secret.',
      behaviour: 'stricter',
      edit: (site) => [redacted(site)],
    },
  ],
})
