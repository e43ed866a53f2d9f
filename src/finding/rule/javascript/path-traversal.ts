import type { SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { beside, noDots } from '../../engine/taint.ts'
import { formsOf, type Template, type Value } from '../../engine/value.ts'
import { containedPath } from '../../fix/javascript/contained-path.ts'
import { judge, type Levels } from '../judge.ts'
import { nameOfOrigin } from '../origin.ts'
import { defineRule, onSink, type Report } from '../rule.ts'

const besideFolder =
  'The guard compares how the path begins, and `/srv/app-evil` begins with `/srv/app`: `../app-evil/file` leads into whatever lies beside the folder and has a name that begins like it. Compare with the separator (`file.startsWith(base + path.sep)`).'
const whole: Levels = { user: 'high', network: 'medium' }
const under: Levels = { user: 'high', network: 'medium', parameter: 'medium', unknown: 'low' }
const named = /file|name|page|image|img|doc|upload|report|user|item|sub|asset|avatar|theme|lang|id$/i

/** A parameter is a path of its own right; under a folder of ours it should stay there. */
function judged({ value, call, variant }: SinkEvent, machine: Machine): Report | undefined {
  const open = machine.exposed(value, 'path')
  // `sendFile(name, { root })` refuses what leads out of the root.
  if (
    open.length === 0 ||
    (variant === 'send' && call.positional[1]?.items?.kind === 'map' && call.positional[1].items.entries.has('root'))
  )
    return undefined
  const inside = (formsOf(value) ?? []).flatMap(holesInside)
  for (const hole of inside) {
    const climbing = machine.exposed(hole, 'path').filter((taint) => (machine.safetyOf(taint) & noDots) === 0)
    const report = judge(
      climbing.filter(({ origin }) => origin.kind !== 'parameter' || named.test(nameOfOrigin(origin))),
      under,
    )
    if (report !== undefined) return report
  }
  const beginning = inside.length === 0 ? open : open.filter((taint) => (machine.safetyOf(taint) & noDots) === 0)
  return judge(
    beginning.filter((taint) => !taint.weak),
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
  id: 'javascript/path-traversal',
  title: 'File path from outside',
  cwe: 22,
  owasp: 'A01:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A value is part of a path: `../../etc/passwd` in it leads out of the folder. Resolve the joined path and require it to stay inside (`const file = path.resolve(base, name); if (!file.startsWith(base + path.sep)) throw ...`), use `path.basename`, or send it with `res.sendFile(name, { root: base })`.',
  listeners: [onSink('path', check)],
  fixes: [containedPath],
})
