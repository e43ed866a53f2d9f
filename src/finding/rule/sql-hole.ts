import type { Machine } from '../engine/machine.ts'
import { bit } from '../engine/taint.ts'
import { type Template, textOf, type Value } from '../engine/value.ts'
import { attackers, judge, type Levels, reportAt } from './judge.ts'
import type { Report } from './rule.ts'
import { placeOf } from './sql-text.ts'

// A statement glued together is wrong whoever gives the values; who it is decides how sure we are.
const values: Levels = { ...attackers, storage: 'habit', environment: 'habit', unknown: 'medium' }
const names: Levels = { user: 'high', console: 'medium', network: 'medium' }
// Columns to sort by are what requests choose; tables are what programs choose.
const columns: Levels = { ...names, parameter: 'medium' }

/** What is wrong with the values that are written into a statement. */
export function judgeHoles(form: Template, machine: Machine): Report | undefined {
  let before = ''
  let found: Report | undefined
  for (const [i, part] of form.entries()) {
    if (typeof part === 'string') before += part
    else {
      const after = form[i + 1]
      const report = judgeHole(part, { place: placeOf(before, typeof after === 'string' ? after : ''), machine })
      if (report?.tier === 'vulnerability') return report
      found ??= report
      before += 'x'
    }
  }
  return found
}

function judgeHole(hole: Value, { place, machine }: { place: ReturnType<typeof placeOf>; machine: Machine }): Report | undefined {
  if (hole.type === 'digits') return hole.taints.length > 0 ? reportAt('low', hole.taints[0]) : undefined
  if (hole.type === 'int' || textOf(hole) !== undefined) return undefined
  // Neither a check that nobody can read nor a detour makes gluing right; what says that it quotes may.
  const open = machine
    .exposed(hole, 'sql')
    .map((taint) => Object.assign({}, taint, { checked: ((taint.claimed ?? 0) & bit.sql) !== 0, weak: taint.weak && taint.origin.kind === 'user' }))
  return judge(open, place === 'table' ? names : place === 'column' ? columns : values)
}
