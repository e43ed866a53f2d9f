import type { Split } from '../../scripts/embedded-model/corpus/names.ts'
import { bootstrap, mean } from '../../src/benchmark/statistics.ts'
import { type Attempt, type Solved, type Way, ways } from './solve.ts'

const seed = 1
const percent = (value: number) => `${(100 * value).toFixed(1)} %`
const what: Record<Way, string> = { clustered: 'rounds, representatives by group', random: 'rounds, as many sub-modules at random', none: 'rounds without sub-modules', plain: 'plain samples' }

/** What was measured, as a part of a page. */
export function report(solved: readonly Solved[], { tokens, samples, split, weights }: { tokens: number; samples: number; split: Split; weights: string }): string[] {
  const tasks = new Set(solved.map(({ task }) => task.id)).size
  const three = new Set(solved.filter(({ task }) => task.functions > 2).map(({ task }) => task.id)).size
  const average = (way: Way, of: (attempt: Attempt) => number) => mean(solved.map(({ by }) => of(by[way])))
  const row = (way: Way) => [
    what[way],
    percent(average(way, ({ good }) => Number(good))),
    way === 'plain' ? '' : gain(solved, way),
    percent(average(way, ({ possible }) => Number(possible))),
    average(way, ({ programs }) => programs).toFixed(1),
    percent(average(way, ({ right }) => right) / average(way, ({ programs }) => programs)),
    average(way, ({ rounds }) => rounds).toFixed(1),
    average(way, (attempt) => attempt.tokens).toFixed(0),
  ]
  return [
    `${tasks} tasks, ${three} of them of three functions and the others of two, each answered ${solved.length / tasks === 1 ? 'once' : `${solved.length / tasks} times`}, by the embedded model (weights ${weights}); ${split === 'train' ? 'sentences of training' : 'sentences that training never saw'} around names that training never saw.`,
    `Each way had ${tokens} tokens, in and out, and ${samples} programs in a round; plain sampling spends them all on samples. The user gives one test; the judge has the others. Likelihood, tests by the model and questions about differences are left out of all.`,
    'Gain: over plain samples on the same tasks, with its 95 % bootstrap interval, tasks resampled. An abstention counts as wrong.',
    '',
    '| way | pass@1 | gain | any program right | programs | of them right | rounds | tokens |',
    '|---|---|---|---|---|---|---|---|',
    ...ways.map((way) => `| ${row(way).join(' | ')} |`),
  ]
}

function gain(solved: readonly Solved[], way: Way): string {
  const differences = solved.map(({ task, by }) => ({ group: task.id, good: Number(by[way].good) - Number(by.plain.good), functional: 0, abstained: false, confidence: 0 }))
  const { low, high } = bootstrap(differences, seed)
  return `${percent(mean(differences.map(({ good }) => good)))} (${percent(low)} to ${percent(high)})`
}
