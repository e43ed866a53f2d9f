import { choosers, chosenSound, directSound } from './choosers.ts'
import type { Cost } from './cost.ts'
import { type Measured, samplesOfTask, share } from './measure.ts'
import { isSound } from './outcome.ts'
import type { Solved } from './solve.ts'

const percent = (value: number) => `${(100 * value).toFixed(1)} %`

interface Row {
  what: string
  of: (measured: Measured) => number
  familiar?: string
  heldOut?: string
}

function shareOfSamples({ solved }: Measured, holds: (outcome: Solved['samples'][number]['outcome']) => boolean): number {
  const seen = solved.flatMap(({ samples }) => samples)
  return seen.filter(({ outcome }) => holds(outcome)).length / (solved.length * samplesOfTask)
}

const rows: readonly Row[] = [
  { what: 'candidates that parse', of: (m) => shareOfSamples(m, ({ parses }) => parses), familiar: '>= 99 %', heldOut: '>= 95 %' },
  { what: 'candidates that are correct', of: (m) => shareOfSamples(m, ({ correct }) => correct), familiar: '>= 60 %', heldOut: '>= 50 %' },
  { what: 'candidates that are correct and secure', of: (m) => shareOfSamples(m, isSound), familiar: '35 to 60 %' },
  { what: 'candidates that are training programs with other names', of: ({ verbatim }) => verbatim, familiar: '<= 50 %' },
  { what: 'revision for a finding mends it', of: ({ revised }) => share(revised, ({ own }) => own), familiar: '>= 80 %' },
  { what: 'revision for the other finding of the program mends it all the same', of: ({ revised }) => share(revised, ({ other }) => other), familiar: '<= 30 %' },
  { what: 'revision for a finding of another task mends it all the same (shuffled findings)', of: ({ revised }) => share(revised, ({ shuffled }) => shuffled) },
  { what: 'revision for a finding mends it, of a model that is shown both functions', of: ({ revised }) => share(revised, ({ ownWhole }) => ownWhole) },
  { what: 'the same, for the other finding', of: ({ revised }) => share(revised, ({ otherWhole }) => otherWhole) },
  { what: 'the true instruction is likelier than four others, given the program', of: ({ recognised }) => share(recognised, ({ plain }) => plain), familiar: '>= 80 %' },
  { what: 'the same, each set against its likelihood without the program', of: ({ recognised }) => share(recognised, ({ gained }) => gained) },
  { what: 'the true instruction is likelier than four others that name the same function', of: ({ recognised }) => share(recognised, ({ sameName }) => sameName) },
  { what: 'the pipeline chooses a program that is correct and secure', of: ({ solved }) => share(solved, chosenSound), familiar: '>= 85 %', heldOut: '>= 70 %' },
  { what: 'the pipeline abstains', of: ({ solved }) => share(solved, ({ reason }) => reason !== undefined) },
  { what: 'the same by default, where drawing ends when what was seen is settled: correct and secure', of: ({ solved }) => share(solved, ({ early }) => chosenSound(early)) },
  { what: 'it abstains', of: ({ solved }) => share(solved, ({ early }) => early.reason !== undefined) },
  { what: 'candidates that it draws, of all', of: ({ solved }) => solved.reduce((sum, { early }) => sum + early.drawn, 0) / (solved.length * (samplesOfTask + 1)) },
]

/** What was measured, as tables of a page. */
export function report({ familiar, heldOut, cost }: { familiar: Measured; heldOut: Measured; cost: Cost }): string[] {
  const controls = [...choosers.keys()].map((name) => `| ${name} | ${percent(familiar.chosenBy.get(name) ?? 0)} | ${percent(heldOut.chosenBy.get(name) ?? 0)} |`)
  const seconds = (cost.sampleMs + cost.scoreMs) / 1000
  return [
    '| what | familiar | aim | held out | aim |',
    '|---|---|---|---|---|',
    ...rows.map(({ what, of, familiar: aim = '', heldOut: far = '' }) => `| ${what} | ${percent(of(familiar))} | ${aim} | ${percent(of(heldOut))} | ${far} |`),
    '',
    'How often the program is correct and secure that is chosen from the same candidates',
    '',
    '| by | familiar | held out |',
    '|---|---|---|',
    `| the pipeline | ${percent(share(familiar.solved, chosenSound))} | ${percent(share(heldOut.solved, chosenSound))} |`,
    `| the direct answer, at temperature 0 | ${percent(share(familiar.solved, directSound))} | ${percent(share(heldOut.solved, directSound))} |`,
    ...controls,
    '',
    `Twenty candidates are sampled in ${cost.sampleMs} ms and scored both ways in ${cost.scoreMs} ms by one thread (${seconds.toFixed(1)} s together; at most 1.5 s); the model starts in ${cost.startMs} ms where the command was run before (at most 1 s), and the process takes ${cost.memoryMiB} MiB (at most 400).`,
  ]
}
