import type { Edit } from '../../../records/finding.ts'
import type { SinkEvent } from '../../engine/event.ts'
import { Call } from '../../fix/javascript/call.ts'
import { quoted } from '../../fix/javascript/literal.ts'
import { templateOf } from '../../fix/javascript/template.ts'
import type { Site } from '../../fix/site.ts'
import { holesOf } from '../../fix/template.ts'
import { mentions } from '../expression.ts'
import { reportAt } from '../judge.ts'
import { isSecretName } from '../name.ts'
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

function redacted(site: Site): Edit[] {
  const isSecret = (node: { start: number; end: number }) => isSecretName(/(\w+)\W*$/.exec(site.textOf(node))?.[1] ?? '')
  return (Call.at(site, site.node)?.arguments ?? []).flatMap((value) => {
    const template = templateOf(site, value)
    if (template === undefined)
      return /^(?:identifier|member_expression|subscript_expression)$/.test(value.type) && isSecret(value)
        ? [site.replace(value, quoted(site, '[redacted]'))]
        : []
    return holesOf(template)
      .filter((hole) => isSecret(hole.value))
      .map((hole) => (hole.isInside ? site.replace(hole, '[redacted]') : site.replace(hole.value, quoted(site, '[redacted]'))))
  })
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
  fixes: [
    {
      title: 'The log says `[redacted]` in place of the secret.',
      behaviour: 'stricter',
      edit: (site) => [redacted(site)],
    },
  ],
})
