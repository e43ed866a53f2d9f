import type { Edit } from '../../../records/finding.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { type Call, onCall as fixCall } from '../../fix/javascript/call.ts'
import { judge, reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

/** A number where a text was meant gives that many bytes of old memory. */
function check({ positional }: CallEvent, machine: Machine): Report | undefined {
  const [first] = positional
  if (first === undefined) return undefined
  return (
    judge(
      machine.exposed(first, 'trust').filter(() => first.type !== 'str'),
      { user: 'medium' },
    ) ?? reportAt('low')
  )
}

function made({ site, node, callee, last, list, arguments: [given] }: Call): Edit[] {
  if (last === 'allocUnsafe') return [site.replace({ start: callee.end - last.length, end: callee.end }, 'alloc')]
  return node.type === 'new_expression'
    ? [site.replace({ start: node.start, end: list.start }, given?.type === 'number' ? 'Buffer.alloc' : 'Buffer.from')]
    : []
}

export const deprecatedBuffer = defineRule({
  id: 'javascript/deprecated-buffer',
  title: 'Buffer that may hold old memory',
  cwe: 676,
  owasp: 'A04:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    '`new Buffer(value)` and `Buffer.allocUnsafe` give memory as it was left, with keys and other requests in it, when the value is a number. Use `Buffer.from(text)` or `Buffer.alloc(size)`.',
  listeners: [onCall(['Buffer', 'buffer.Buffer', 'Buffer.allocUnsafe', 'SlowBuffer', 'buffer.SlowBuffer'], check)],
  fixes: [
    {
      title: 'The buffer is made of what is given, or of zeroes (`Buffer.from`, `Buffer.alloc`).',
      behaviour: 'stricter',
      edit: fixCall((call) =>
        call.last === 'allocUnsafe' || /^(?:string|template_string|array|number)$/.test(call.arguments[0]?.type ?? '') ? made(call) : [],
      ),
    },
    {
      title: 'The buffer is made of what is given (`Buffer.from`): a length is refused.',
      behaviour: 'may-change',
      edit: fixCall(made),
    },
  ],
})
