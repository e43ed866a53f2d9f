import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { noDots } from '../../engine/taint.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

function check({ value }: SinkEvent, machine: Machine): Report | undefined {
  const taint = machine
    .exposed(value, 'path')
    .find((item) => item.origin.label === 'a name in an archive' && (machine.safetyOf(item) & noDots) === 0)
  return taint === undefined ? undefined : reportAt(taint.checked === true ? 'low' : 'high', taint)
}

export const archiveExtraction = defineRule({
  id: 'javascript/archive-extraction',
  title: 'Archive unpacked wherever it says',
  cwe: 22,
  owasp: 'A08:2021',
  severity: 'high',
  confidence: 'high',
  tier: 'vulnerability',
  message:
    'The archive names the files it writes: `../../.ssh/authorized_keys` in it lands outside the folder. Resolve each name and require it to stay inside (`path.resolve(base, name).startsWith(base + path.sep)`).',
  listeners: [onSink('path', check)],
})
