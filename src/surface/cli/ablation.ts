import { CountersignError } from '../../errors.ts'
import { type Configuration, generate, rememberModel, strategyIn, type TaskRequest } from '../../index.ts'
import type { Ablation } from '../../records/ablation.ts'
import type { Score } from '../../records/score.ts'
import type { Verdict } from '../../records/verdict.ts'
import { type ModelRunOptions, runWithModels } from './model-run.ts'
import { oneLine, table } from './text.ts'

// The method's own comes last, so that it is the latest run: the one whose program is given out.
const ways = ['none', 'random', 'clustered'] as const

/** The same request with representatives chosen in each way: three runs with a budget each, which start from the same first round. */
export async function ablate(request: TaskRequest, run: ModelRunOptions): Promise<Ablation> {
  const { coder, reviewer, embedder } = run.writers
  const writers = { ...run.writers, coder: rememberModel(coder), ...(reviewer && { reviewer: rememberModel(reviewer) }), ...(embedder && { embedder: rememberModel(embedder) }) }
  const variants: Ablation['variants'] = []
  for (const representatives of ways) {
    // What one run keeps would be offered to the next.
    const configuration: Configuration = { ...run.configuration, codechain: { ...run.configuration.codechain, representatives, keep: false } }
    run.output.say(`representatives: ${representatives}`)
    let started = ''
    const onStarted = (id: string) => (started = id)
    // What is chosen is that of the method; programs of the others are in their runs.
    const { onProgress, ...quiet } = run
    const own = { ...quiet, ...(representatives === 'clustered' && onProgress && { onProgress }), configuration, writers, onStarted }
    const verdict = await runWithModels(own, async (context) => await generate(request, context))
    variants.unshift({ representatives, run: started, verdict })
  }
  return { variants }
}

export function checkAblation(configuration: Configuration, { record, replay }: { record?: string; replay?: string }): void {
  const { name, rounds } = strategyIn(configuration)
  if (rounds.kind !== 'codechain') throw new CountersignError('INPUT_INVALID', `--ablate compares ways to choose representatives, and the strategy ${name} has none: add --strategy codechain`)
  if (record !== undefined || replay !== undefined) throw new CountersignError('INPUT_INVALID', '--ablate makes three runs, each kept under its own name, and --record and --replay are about one')
}

/** The three side by side. */
export function renderAblation({ variants }: Ablation): string {
  const row = (name: string, cell: (verdict: Verdict) => string) => [name, ...variants.map(({ verdict }) => cell(verdict))]
  return table([
    ['representatives', ...variants.map(({ representatives }) => representatives)],
    row('choice', ({ choice }) => oneLine(choice.kind === 'chosen' ? choice.id : `abstained: ${choice.reason}`)),
    row('best', ({ ranking }) => oneLine(ranking[0]?.ids[0] ?? 'none')),
    row('its tests', ({ ranking }) => (ranking[0] === undefined ? '' : testsOf(ranking[0]))),
    row('its floor', ({ ranking }) => ranking[0]?.floor ?? ''),
    row('confidence', ({ confidence }) => confidence.toFixed(2)),
    row('rounds', ({ rounds = [] }) => String(rounds.length)),
    row('last gain', ({ rounds = [] }) => `round ${rounds.findLast(({ gained }) => gained)?.number ?? 1}`),
    row('programs', ({ rounds = [] }) => String(rounds.reduce((sum, { written }) => sum + written, 0))),
    row('tokens', ({ spent }) => (spent === undefined ? '' : String(spent.inputTokens + spent.outputTokens))),
    row('calls', ({ spent }) => (spent === undefined ? '' : String(spent.calls))),
    row('ended by', ({ roundsEnd }) => roundsEnd?.reason ?? ''),
    ['run', ...variants.map(({ run }) => run)],
  ])
}

function testsOf({ publicTests: { outside, inProcess } }: Score): string {
  const passed = outside.passed + inProcess.passed
  const all = passed + outside.failed + inProcess.failed + outside.unknown + inProcess.unknown
  return all === 0 ? 'no tests' : `${passed}/${all}`
}
