import { concurrently } from '../behavior/concurrently.ts'
import type { Configuration } from '../config.ts'
import { decide, examine } from '../countersign.ts'
import type { Sandbox } from '../ports.ts'
import type { Candidate } from '../records/candidate.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Language } from '../records/language.ts'
import type { Strategy } from '../records/strategy.ts'
import type { Verdict } from '../records/verdict.ts'
import { lookAt } from '../verdict/settled.ts'
import { looksOf, riskAllowed } from '../verdict/vote-race.ts'
import { readTaskFor } from '../task/entry-point.ts'
import { type Pick, controls } from './pick.ts'
import type { PoolTask } from './pool.ts'

export interface ChooseOptions {
  strategies: readonly Strategy[]
  sandbox: Sandbox
  configuration: Configuration
  /** Tasks examined at once. */
  concurrency: number
  signal?: AbortSignal | undefined
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}

/** Everything that was chosen on a pool: `picks.get(NAME)[i]` is that strategy's pick for `tasks[i]`. */
export interface Choices {
  tasks: readonly { id: string; group: string; candidates: number }[]
  picks: ReadonlyMap<string, readonly Pick[]>
  /** Programs that were run; all strategies share them. */
  executions: number
}

/** Lets every control and every strategy choose for every task. Nothing from here on can reach a verdict file: there is no import that leads to one. */
export async function chooseAll(pool: readonly PoolTask[], options: ChooseOptions): Promise<Choices> {
  let done = 0
  const chosen = await concurrently(pool, { limit: options.concurrency, signal: options.signal }, async (entry) => {
    const result = await chooseFor(entry, options)
    options.onProgress?.({ done: ++done, total: pool.length })
    return result
  })
  const names = [...new Set([...controls.keys(), ...options.strategies.flatMap((strategy) => [strategy.name, ...(strategy.sampling.adaptive === false ? [] : [adaptiveName(strategy)])])])]
  return {
    tasks: pool.map(({ task, candidates }) => ({ id: task.id, group: task.group ?? task.id, candidates: candidates.length })),
    picks: new Map(names.map((name) => [name, chosen.flatMap(({ picks }) => picks.get(name) ?? [])])),
    executions: chosen.reduce((count, { executions }) => count + executions, 0),
  }
}

async function chooseFor({ task: asked, candidates }: PoolTask, options: ChooseOptions): Promise<{ picks: Map<string, Pick>; executions: number }> {
  const picks = new Map([...controls].map(([name, control]) => [name, control(candidates)]))
  if (options.strategies.length === 0) return { picks, executions: 0 }
  const { group: _group, ...request } = asked
  const { sandbox, configuration, signal } = options
  const proposals = candidates.map(({ code }, position) => candidateAt(position, { code, language: asked.language }))
  const { task } = await readTaskFor(request, proposals)
  const evidence = await examine(task, proposals, { sandbox, configuration, ...(signal === undefined ? {} : { signal }) })
  for (const strategy of options.strategies) for (const [name, pick] of picksBy(strategy, { evidence, configuration })) picks.set(name, pick)
  return { picks, executions: evidence.executions.length }
}

/** The name under which a strategy stands in a report that looks at candidates in batches, until what it saw is settled. */
export function adaptiveName({ name }: { name: string }): string {
  return `${name}, adaptive`
}

/** What a strategy takes of all candidates, and what of so many as it draws. The candidates in their order stand for what would be drawn. */
function picksBy(strategy: Strategy, { evidence, configuration: given }: { evidence: Evidence; configuration: Configuration }): [string, Pick][] {
  const { samples, adaptive } = strategy.sampling
  const configuration = { ...given, strategy }
  const all = evidence.candidates.length
  const most = samples === 'configured' ? all : Math.min(all, samples + 1)
  const verdictOn = (count: number) => decide(count === all ? evidence : firstOf(evidence, count), configuration)
  const whole: [string, Pick] = [strategy.name, pickOf(verdictOn(most))]
  if (adaptive === false) return [whole]
  const { batch } = adaptive
  const confidence = adaptive.confidence === 'configured' ? configuration.generate.confidence : adaptive.confidence
  const allowed = riskAllowed({ most, batch, confidence })
  for (const drawn of looksOf({ most, batch })) {
    const verdict = verdictOn(drawn)
    const { kind } = lookAt(verdict, { floor: configuration.floor, language: evidence.task.language, drawn, most, allowed })
    if (kind === 'settled' || drawn === most) return [whole, [adaptiveName(strategy), { ...pickOf(verdict), examined: drawn }]]
  }
  return [whole]
}

/** What would be known if no more than the first candidates were there. */
function firstOf(evidence: Evidence, count: number): Evidence {
  const screenings = evidence.screenings.flatMap((screening) => {
    const ids = screening.ids.filter((id) => Number(id) < count)
    return ids.length === 0 ? [] : [{ ...screening, ids }]
  })
  const known = new Set(screenings.map(({ candidate }) => candidate))
  const scans = evidence.scans.filter(({ candidate }) => known.has(candidate))
  const executions = evidence.executions.filter(({ candidate }) => known.has(candidate))
  return { ...evidence, candidates: evidence.candidates.slice(0, count), screenings, scans, executions }
}

/** A candidate known by nothing but its place and its text. */
function candidateAt(position: number, { code, language }: { code: string; language: Language }): Candidate {
  const path = { python: 'main.py', javascript: 'main.js', typescript: 'main.ts' }[language]
  return { id: String(position), language, files: [{ path, content: code }] }
}

/** Where a strategy abstains, its best counts; where it has none, the first. */
function pickOf({ choice, confidence }: Verdict): Pick {
  const id = choice.kind === 'chosen' ? choice.id : (choice.best?.id ?? '0')
  return { positions: [Number(id)], confidence, abstained: choice.kind === 'abstained' }
}
