import { z } from 'zod'
import { mean } from '../statistics.ts'
import { type Estimate, estimate } from './interval.ts'
import { direct } from './measure.ts'
import type { Result, Unit } from './unit.ts'

const share = z.number().min(0).max(1)
const interval = z.strictObject({ low: z.number(), high: z.number() }).nullable()

/** How one way of answering did on the units that were measured. Intervals are 95 %, over tasks; null with fewer than five. */
export const LoopResult = z.strictObject({
  units: z.int().min(0),
  correct: share,
  secure: share,
  both: share,
  bothInterval: interval,
  /** Units in which nothing was delivered. They count as neither correct nor secure. */
  abstained: z.int().min(0),
  /** Units of which something could not be found out; that counts as neither. */
  unknown: z.int().min(0),
  /** Means of a unit; null where nothing of its own was drawn. */
  cost: z.strictObject({ tokens: z.number(), calls: z.number(), seconds: z.number() }).nullable(),
  /** `both` less that of the direct answer on the same tasks and seeds; null for the direct answer itself. */
  toDirect: z.strictObject({ difference: z.number(), interval, units: z.int().min(0) }).nullable(),
})
export type LoopResult = z.infer<typeof LoopResult>

/** The result of `countersign bench loop`. */
export const LoopReport = z.strictObject({
  model: z.string(),
  versions: z.record(z.string(), z.string()),
  tasks: z.array(z.string()),
  seeds: z.array(z.int().min(0)),
  samples: z.int().min(0),
  /** Whether every unit was measured. */
  complete: z.boolean(),
  ways: z.record(z.string(), LoopResult),
})
export type LoopReport = z.infer<typeof LoopReport>

type Measured = Pick<Unit, 'task' | 'seed' | 'result'>

/** What the units come to, the direct answer first, then the controls, then the strategies in their order. */
export function reportOn(units: readonly Unit[], about: Omit<LoopReport, 'ways'>): LoopReport {
  const measured = new Map<string, Measured[]>()
  const add = (way: string, unit: Measured) => measured.set(way, [...(measured.get(way) ?? []), unit])
  for (const unit of units) if (unit.way === direct) add(direct, unit)
  // Controls choose among the candidates of the strategy that was named first.
  const first = units.find(({ controls }) => controls !== undefined)?.way
  for (const name of ['random', 'longest'] as const)
    for (const { way, task, seed, controls } of units) if (way === first && controls !== undefined) add(name, { task, seed, result: controls[name] })
  for (const unit of units) if (unit.way !== direct) add(unit.way, unit)
  const baseline = measured.get(direct) ?? []
  return { ...about, ways: Object.fromEntries([...measured].map(([way, own]) => [way, resultOf(own, way === direct ? undefined : baseline)])) }
}

const bootstrapSeed = 1

function resultOf(own: readonly Measured[], baseline: readonly Measured[] | undefined): LoopResult {
  const of = (value: (result: Result) => number) => mean(own.map(({ result }) => value(result)))
  const both = estimate(own.map(({ task, result }) => ({ task, value: result.both })), bootstrapSeed)
  const costs = own.flatMap(({ result }) => result.cost ?? [])
  const costOf = (name: 'tokens' | 'calls' | 'seconds') => mean(costs.map((cost) => cost[name]))
  return {
    units: own.length,
    correct: of(({ correct }) => correct),
    secure: of(({ secure }) => secure),
    both: both.mean,
    bothInterval: both.interval,
    abstained: own.filter(({ result }) => result.abstained !== undefined).length,
    unknown: own.filter(({ result }) => result.unknown !== undefined).length,
    cost: costs.length === 0 ? null : { tokens: costOf('tokens'), calls: costOf('calls'), seconds: costOf('seconds') },
    toDirect: baseline === undefined ? null : paired(own, baseline),
  }
}

/** The difference on the same task with the same seed. */
function paired(own: readonly Measured[], baseline: readonly Measured[]): LoopResult['toDirect'] {
  const keyOf = ({ task, seed }: Measured) => JSON.stringify([task, seed])
  const before = new Map(baseline.map((unit) => [keyOf(unit), unit.result.both]))
  const differences = own.flatMap((unit) => {
    const other = before.get(keyOf(unit))
    return other === undefined ? [] : [{ task: unit.task, value: unit.result.both - other }]
  })
  const { mean: difference, interval }: Estimate = estimate(differences, bootstrapSeed)
  return { difference, interval, units: differences.length }
}
