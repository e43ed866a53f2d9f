import { z } from 'zod'
import { adaptiveName, type Choices } from './choose.ts'
import type { Pick } from './pick.ts'
import { type Outcome, bootstrap, mean, precisionAt } from './statistics.ts'
import type { PoolVerdict } from './verdicts.ts'

const share = z.number().min(0).max(1)

/** How one way of choosing did on a pool. */
export const StrategyResult = z.strictObject({
  /** Share of tasks whose chosen candidate is functional and, where the verdicts know it, secure; `low` and `high` bound it with 95 %. */
  passAt1: share,
  low: share,
  high: share,
  functional: share,
  secure: share.exactOptional(),
  /** Where `passAt1` lies between choosing at random (0) and always finding a good candidate (1); null where the two are the same. */
  gapClosed: z.number().nullable(),
  /** Tasks for which it would rather have answered nothing. */
  abstained: z.int().min(0),
  /** Precision when it answers only the share of tasks it is surest of. */
  precisionAt: z.strictObject({ '0.5': share, '0.8': share, '1': share }),
  /** Where it looks at candidates in batches: how many it looked at, and which share of them it did not need to. */
  examined: z.strictObject({ candidates: z.int(), saved: share }).exactOptional(),
  /** That strategy's pass@1 less what it has when it looks at all candidates, task by task, and its 95 % interval. */
  difference: z.strictObject({ mean: z.number(), low: z.number(), high: z.number() }).exactOptional(),
})
export type StrategyResult = z.infer<typeof StrategyResult>

/** Whether running each candidate with its hidden test says what was recorded. */
export const Rejudgement = z.strictObject({
  agreement: share,
  disagreements: z.array(
    z.strictObject({ task: z.string(), candidate: z.int().min(0), recorded: z.boolean(), outcome: z.string(), detail: z.string().exactOptional() }),
  ),
})
export type Rejudgement = z.infer<typeof Rejudgement>

/** The result of `countersign bench`. */
export const BenchReport = z.strictObject({
  pool: z.string(),
  tasks: z.int(),
  candidates: z.int(),
  strategies: z.record(z.string(), StrategyResult),
  /** Programs run for the strategies, all of which share them. */
  executions: z.int(),
  elapsedMs: z.number(),
  rejudge: Rejudgement.exactOptional(),
})
export type BenchReport = z.infer<typeof BenchReport>

/** Judges choices that are already made, and adds the `oracle`, which takes a good candidate wherever there is one. */
export function judgeChoices({ tasks, picks }: Omit<Choices, 'executions'>, verdicts: readonly PoolVerdict[], seed: number): Record<string, StrategyResult> {
  const oracle = verdicts.map((verdict) => ({ positions: [bestPosition(verdict)], confidence: 0, abstained: false }))
  const outcomes = [...picks, ['oracle', oracle] as const].map(([name, picks]): [string, Outcome[]] => [
    name,
    verdicts.map((verdict, index) => outcomeOf(verdict, { pick: picks[index], group: tasks[index]?.group })),
  ])
  const passAt1 = new Map(outcomes.map(([name, items]) => [name, mean(items.map((item) => item.good))]))
  const bounds = { random: passAt1.get('random') ?? 0, oracle: passAt1.get('oracle') ?? 0 }
  const whole = new Map(outcomes.map(([name, items]) => [adaptiveName({ name }), items]))
  const drawn = (name: string) => ({ ...examinedIn(picks.get(name), tasks), ...differenceTo(whole.get(name), { own: new Map(outcomes).get(name), seed }) })
  return Object.fromEntries(outcomes.map(([name, items]) => [name, { ...summarise(items, { ...bounds, seed }), ...drawn(name) }]))
}

function examinedIn(picks: readonly Pick[] | undefined, tasks: Choices['tasks']): { examined?: NonNullable<StrategyResult['examined']> } {
  const known = picks?.flatMap(({ examined }) => examined ?? []) ?? []
  if (known.length === 0) return {}
  const candidates = known.reduce((sum, count) => sum + count, 0)
  return { examined: { candidates, saved: 1 - candidates / tasks.reduce((sum, task) => sum + task.candidates, 0) } }
}

function differenceTo(whole: readonly Outcome[] | undefined, { own, seed }: { own: readonly Outcome[] | undefined; seed: number }): { difference?: NonNullable<StrategyResult['difference']> } {
  if (whole === undefined || own === undefined) return {}
  const paired = own.map((outcome, index) => ({ ...outcome, good: outcome.good - (whole[index]?.good ?? 0) }))
  return { difference: { mean: mean(paired.map(({ good }) => good)), ...bootstrap(paired, seed) } }
}

function outcomeOf(verdict: PoolVerdict, { pick, group }: { pick: Pick | undefined; group: string | undefined }): Outcome {
  if (pick === undefined || group === undefined) throw new Error(`${verdict.task} was never chosen for`)
  const share = (known: (position: number) => boolean | null | undefined) => mean(pick.positions.map((position) => (known(position) === true ? 1 : 0)))
  const { functional, secure } = verdict
  return {
    group,
    good: share((position) => isGood(verdict, position)),
    functional: share((position) => functional[position]),
    ...(secure === undefined ? {} : { secure: share((position) => secure[position]) }),
    abstained: pick.abstained,
    confidence: pick.confidence,
  }
}

function isGood({ functional, secure }: PoolVerdict, position: number): boolean {
  return functional[position] === true && (secure === undefined || secure[position] === true)
}

function bestPosition(verdict: PoolVerdict): number {
  const good = verdict.functional.findIndex((_, position) => isGood(verdict, position))
  return Math.max(0, good === -1 ? verdict.functional.indexOf(true) : good)
}

function summarise(outcomes: readonly Outcome[], options: { random: number; oracle: number; seed: number }): StrategyResult {
  const passAt1 = mean(outcomes.map((outcome) => outcome.good))
  const { random, oracle, seed } = options
  const secure = outcomes.flatMap((outcome) => outcome.secure ?? [])
  return {
    passAt1,
    ...bootstrap(outcomes, seed),
    functional: mean(outcomes.map((outcome) => outcome.functional)),
    ...(secure.length === 0 ? {} : { secure: mean(secure) }),
    gapClosed: oracle === random ? null : (passAt1 - random) / (oracle - random),
    abstained: outcomes.filter((outcome) => outcome.abstained).length,
    precisionAt: { '0.5': precisionAt(outcomes, 0.5), '0.8': precisionAt(outcomes, 0.8), '1': precisionAt(outcomes, 1) },
  }
}
