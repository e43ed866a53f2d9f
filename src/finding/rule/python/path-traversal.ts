import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { beside } from '../../engine/taint.ts'
import { formsOf, type Template, type Value } from '../../engine/value.ts'
import { containedPath } from '../../fix/python/contained-path.ts'
import { judge, type Levels } from '../judge.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const besideFolder =
  'The guard compares how the path begins, and `/srv/app-evil` begins with `/srv/app`: `../app-evil/file` leads into whatever lies beside the folder and has a name that begins like it. Compare with the separator (`path.startswith(base + os.sep)`), or ask `path.is_relative_to(base)`.'
const whole: Levels = { user: 'high', network: 'medium' }
const under: Levels = { user: 'high', network: 'medium', parameter: 'medium' }
const named =
  /file|name|path|page|image|img|doc|template|key|upload|report|resource|user|item|entry|target|rel|sub|asset|url|slug|avatar|theme|lang|id$/i

/** A parameter is a path of its own right; under a folder of ours it should stay there. */
function judged({ value }: SinkEvent, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'path')
  if (open.length === 0) return undefined
  const inside = (formsOf(value) ?? []).flatMap(holesInside)
  if (inside.length === 0)
    return judge(
      open.filter((taint) => !taint.weak),
      whole,
    )
  for (const hole of inside) {
    const report = judge(
      machine.exposed(hole, 'path').filter(({ origin }) => origin.kind !== 'parameter' || named.test(origin.label)),
      under,
    )
    if (report !== undefined) return report
  }
  return judge(
    open.filter((taint) => !taint.weak),
    whole,
  )
}

/** A guard that compares beginnings leaves a way out, and a narrow one. */
function check(event: SinkEvent, machine: Machine): Report | undefined {
  const report = judged(event, machine)
  const isGuarded = report?.taint !== undefined && (machine.safetyOf(report.taint) & beside) !== 0
  if (!isGuarded) return report
  return { ...report, confidence: report.confidence === 'low' ? 'low' : 'medium', message: besideFolder }
}

/** What follows a folder of ours and a separator, and must not lead out of it. */
function holesInside(form: Template): Value[] {
  let separated = false
  return form.filter((part): part is Value => {
    if (typeof part === 'string') separated ||= part.includes('/')
    return typeof part !== 'string' && separated
  })
}

export const pathTraversal = defineRule({
  id: 'python/path-traversal',
  title: 'File path from outside',
  cwe: 22,
  owasp: 'A01:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is part of a path: `../../etc/passwd`, or an absolute path, leads out of the folder. Resolve the joined path and require it to stay inside (`path.resolve().is_relative_to(base)`), or use `werkzeug.utils.safe_join` or a fixed table of names.',
  listeners: [onSink('path', check)],
  fixes: [containedPath],
})
