import { z } from 'zod'

/** `configured`: what the configuration says (`generate.samples` for `samples`, and so on), so that flags decide. */
const configured = z.literal('configured')

function configuredOr(least: number, most: number) {
  return z.union([configured, z.int().min(least).max(most)], { error: `must be "configured" or a whole number from ${least} to ${most}` })
}

/** Lower case words with hyphens between them. */
export const StrategyName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower case words with hyphens between them')

const Batches = z.strictObject({
  batch: z.int().min(1).max(100),
  confidence: z.union([configured, z.number().gt(0.5).lt(1)], { error: 'must be "configured" or a number between 0.5 and 1' }),
})

const Sampling = z.strictObject({
  /** Programs that are written beside the direct answer. */
  samples: configuredOr(0, 1000),
  /** Whether sub-modules are outlined before a program is written (CodeChain §3.1). */
  planned: z.boolean(),
  /** How often a model is asked for tests. */
  tests: configuredOr(0, 100),
  /**
   * Programs are drawn in batches, and no more of them once what was seen is settled: the leading behaviour stays in front with this confidence whatever
   * the rest would be. `false`: all of them are drawn.
   */
  adaptive: z.union([z.literal(false), Batches], { error: (issue) => (typeof issue.input === 'object' ? undefined : 'must be false, or {"batch", "confidence"}') }),
})

const Looks = z.strictObject({
  /** Whether the user's tests and those found in the task are looked at. */
  tests: z.boolean(),
  /** What agreement is computed from, if it is. */
  agreement: z.enum(['none', 'dual', 'behavior-and-tests']),
  /** Whether a model is asked how likely those are that everything before left equal. */
  likelihood: z.boolean(),
  /** Whether a model is asked about a call on which the two best ways of behaving differ. */
  distinctions: z.boolean(),
})

const Critics = z.strictObject({
  kind: z.literal('indict'),
  /** Of the best programs, so many. */
  programs: configuredOr(1, 50),
  rounds: configuredOr(1, 20),
  /** `in-doubt`: only where there is something to argue about (a finding, a failed test, leaders that disagree) and a model that can. */
  when: z.enum(['always', 'in-doubt']),
  /** Whether a program may be chosen in which a weakness is likely. */
  likely: z.enum(['configured', 'block', 'allow']),
})

/** How programs are written again: not at all; all of them from the best sub-modules of those before; or the best of them by what critics say. */
const Rounds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('codechain'), rounds: configuredOr(1, 20) }),
  Critics,
])

/** How programs are written and one of them is chosen, as data. The order of evidence is the same for all (law 2); a strategy says which parts of it are used. */
export const Strategy = z.strictObject({ name: StrategyName, summary: z.string(), sampling: Sampling, evidence: Looks, rounds: Rounds })
export type Strategy = z.infer<typeof Strategy>

/** A strategy as a file holds it: what it does not say is as in the one that it extends, which it names by name or by path. */
export const StrategyFile = z.strictObject({
  $schema: z.string().exactOptional(),
  /** That of the file where it is absent. */
  name: StrategyName.exactOptional(),
  summary: z.string().exactOptional(),
  extends: z.string().min(1).exactOptional(),
  sampling: Sampling.partial().exactOptional(),
  evidence: Looks.partial().exactOptional(),
  rounds: Rounds.exactOptional(),
})
export type StrategyFile = z.infer<typeof StrategyFile>

/** The words that may stand in a strategy, by where they may: keys of a part, and the values of a key. */
export const strategyWords: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(StrategyFile.shape),
  sampling: Object.keys(Sampling.shape),
  'sampling.adaptive': Object.keys(Batches.shape),
  evidence: Object.keys(Looks.shape),
  'evidence.agreement': Looks.shape.agreement.options,
  rounds: Object.keys(Critics.shape),
  'rounds.kind': Rounds.options.map(({ shape }) => shape.kind.value),
  'rounds.when': Critics.shape.when.options,
  'rounds.likely': Critics.shape.likely.options,
}

const Range = z.strictObject({ least: z.int().min(0), most: z.int().min(0) })

/** What a run with a strategy costs, roughly, before it is made. */
export const CostEstimate = z.strictObject({ calls: Range, tokens: Range })
export type CostEstimate = z.infer<typeof CostEstimate>

/** A strategy as `countersign strategies --json` lists it. */
export const ListedStrategy = z.strictObject({ ...Strategy.shape, /** The file that it was read from. */ path: z.string(), cost: CostEstimate })
export type ListedStrategy = z.infer<typeof ListedStrategy>
