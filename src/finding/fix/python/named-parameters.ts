import type { Edit } from '../../../records/finding.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { lift } from '../lift.ts'
import { joinedExpression } from './expression.ts'
import { holesOf } from '../template.ts'
import { textAt } from './wrap.ts'

/** Values leave the text of a call's first argument and become its keywords: `mark` says how the text then names them. */
export function namedParameters(site: Site, { takes, mark }: { takes: (call: Call) => boolean; mark: (name: string) => string }): Edit[][] {
  const call = Call.at(site, site.node)
  const text = call && textAt(site, call.arguments[0]?.value)
  if (call === undefined || text === undefined || text.assignment !== undefined || !takes(call)) return []
  const taken = new Set(call.arguments.map(({ keyword }) => keyword))
  const names = holesOf(text.template).map(({ value }, i, all) => {
    const written = /([A-Za-z_]\w*)\W*$/.exec(site.textOf(value))?.[1] ?? 'value'
    const isTaken = taken.has(written) || all.slice(0, i).some((other) => site.textOf(other.value).includes(written) && other !== all[i])
    return isTaken ? `${written}_${i + 1}` : written
  })
  const moved = lift(site, text.template, { placeholder: (_, index) => mark(names[index] ?? 'value'), expression: joinedExpression(site) })
  return moved === undefined
    ? []
    : [[...moved.edits, ...call.plus(moved.lifted.map(({ expression }, i) => `${names[i]}=${expression}`).join(', '))]]
}
