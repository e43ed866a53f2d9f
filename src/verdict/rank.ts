import type { Floor } from '../config.ts'
import type { Behavior } from '../records/behavior.ts'
import type { Digest } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import { type Execution, isUnreadable } from '../records/execution.ts'
import type { CandidateScan } from '../records/finding.ts'
import type { Score, TestTally } from '../records/score.ts'
import type { Screening } from '../records/screening.ts'
import type { Task } from '../records/task.ts'
import type { Test, TestOutcome } from '../records/test.ts'
import { countFindings, floorOf, freedomFrom, isPermitted } from './floor.ts'

export interface RankOptions {
  behaviors: readonly Behavior[]
  agreement: ReadonlyMap<Digest, number>
  likelihood: ReadonlyMap<Digest, number>
  opinion: ReadonlyMap<Digest, number>
  floor: Floor
  /** Whether the user's and the task's tests count. */
  tests: boolean
  /** Revisions that lose what the program before them had, and what that is. */
  setbacks: ReadonlyMap<Digest, string>
}

/** Every distinct candidate with all that is known of it, best first (law 2: each component decides only what those before it left equal). */
export function rank({ task, screenings, scans, executions }: Evidence, options: RankOptions): Score[] {
  const scan = new Map(scans.map((item) => [item.candidate, item]))
  const execution = new Map(executions.map((item) => [item.candidate, item]))
  const cluster = new Map(options.behaviors.map((behavior) => [behavior.candidate, behavior.cluster]))
  const proposals = new Map(options.behaviors.map((behavior) => [behavior.candidate, behavior.weight]))
  const tests = options.tests ? task.tests : []
  return screenings
    .map((screening) => scoreOf(screening, { ...options, tests, scan: scan.get(screening.candidate), execution: execution.get(screening.candidate), cluster }))
    .map((score) => ({ score, tuple: tupleOf(score, { floor: options.floor, language: task.language, proposals: proposals.get(score.candidate) ?? score.ids.length }) }))
    .sort((one, other) => compare(one.tuple, other.tuple))
    .map(({ score }) => score)
}

interface Known {
  tests: readonly Test[]
  floor: Floor
  scan: CandidateScan | undefined
  execution: Execution | undefined
  agreement: ReadonlyMap<Digest, number>
  likelihood: ReadonlyMap<Digest, number>
  opinion: ReadonlyMap<Digest, number>
  cluster: ReadonlyMap<Digest, number>
  setbacks: ReadonlyMap<Digest, string>
}

function scoreOf(screening: Screening, { tests, scan, execution, ...known }: Known): Score {
  const agreement = known.agreement.get(screening.candidate)
  const likelihood = known.likelihood.get(screening.candidate)
  const opinion = known.opinion.get(screening.candidate)
  const cluster = known.cluster.get(screening.candidate)
  const parses = parsesIn(screening, execution)
  const rejected = screening.degenerate ?? known.setbacks.get(screening.candidate)
  return {
    candidate: screening.candidate,
    ids: screening.ids,
    ...(parses === undefined ? {} : { parses }),
    ...(rejected === undefined ? {} : { rejected }),
    floor: floorOf(scan, known.floor),
    ...(scan === undefined ? {} : { findings: countFindings(scan) }),
    publicTests: {
      outside: tally(tests, execution, ({ kind }) => kind === 'call' || kind === 'stdio'),
      inProcess: tally(tests, execution, ({ kind }) => kind === 'in-process' || kind === 'files'),
    },
    ...(agreement === undefined ? {} : { agreement }),
    ...(likelihood === undefined ? {} : { likelihood }),
    ...(opinion === undefined ? {} : { opinion }),
    ...(screening.undefinedNames === undefined ? {} : { undefinedNames: screening.undefinedNames.length }),
    ...(screening.types?.kind === 'checked' ? { typeErrors: screening.types.errors } : {}),
    ...(screening.refusals === undefined ? {} : { refusals: screening.refusals }),
    ...(screening.quoted === undefined ? {} : { quoted: screening.quoted.used / screening.quoted.of }),
    ...(cluster === undefined ? {} : { cluster }),
  }
}

/** The runtime's own parser outranks ours, which may not know the newest syntax. */
export function parsesIn({ parse }: Pick<Screening, 'parse'>, execution: Execution | undefined): boolean | undefined {
  if (execution?.outcome === 'completed') return true
  if (isUnreadable(execution?.error)) return false
  return parse.kind === 'parsed' ? parse.errors === 0 : undefined
}

/** Counts the outcomes of the tests that somebody vouches for. What never ran or could not run here is unknown. */
function tally(tests: readonly Test[], execution: Execution | undefined, isOurs: (test: Test) => boolean): TestTally {
  const outcomes = tests.flatMap((test, position): (TestOutcome | 'idle' | undefined)[] =>
    test.source !== 'generated' && isOurs(test) ? [execution?.idle?.includes(position) === true ? 'idle' : execution?.tests[position]] : [],
  )
  const count = (wanted: (outcome: TestOutcome | 'idle' | undefined) => boolean) => outcomes.filter(wanted).length
  const unknown = count((outcome) => outcome === undefined || outcome === 'unsupported')
  const passed = count((outcome) => outcome === 'passed')
  const idle = count((outcome) => outcome === 'idle')
  return { passed, failed: outcomes.length - passed - unknown - idle, unknown, ...(idle > 0 && { idle }) }
}

interface Bar {
  floor: Floor
  language: Task['language']
}

/** What outranks every model's word: the beginning of the ranking's tuple, each component the higher the better. */
function seenOf(score: Score, { floor, language }: Bar): number[] {
  return [
    score.parses === true ? 2 : score.parses === undefined ? 1 : 0,
    score.rejected === undefined ? 1 : 0,
    isPermitted(score, floor, language) ? 2 : score.floor === 'unknown' ? 1 : 0,
    shareOf(score.publicTests.outside),
    shareOf(score.publicTests.inProcess),
    // Nothing is secure for what it never comes to: a program ends at a name that nothing defines.
    score.undefinedNames === undefined ? 1 : score.undefinedNames === 0 ? 2 : 0,
    // Before agreement, since a weakness that most candidates share is what most of them agree on.
    score.floor === 'unknown' ? 0 : 1,
    ...freedomFrom('likely', score.findings),
    score.agreement ?? -1,
  ]
}

function tupleOf(score: Score, { proposals, ...bar }: Bar & { proposals: number }): number[] {
  return [
    ...seenOf(score, bar),
    score.likelihood ?? -Infinity,
    score.opinion ?? -2,
    // After what was seen to run: a compiler's complaint is about how it is written.
    -(score.typeErrors ?? Infinity),
    ...freedomFrom('slight', score.findings),
    // Ties: what refuses more of its input, uses more of the words that the task expects, and was proposed more often. Beyond that
    // the first proposal wins, since sorting is stable.
    score.refusals ?? 0,
    score.quoted ?? 0,
    proposals,
  ]
}

/** Those that what was seen leaves equal in front: what likelihood decides between. */
export function leadersIn(ranking: readonly Score[], bar: Bar): Score[] {
  const [best] = ranking
  return best === undefined ? [] : ranking.filter((score) => compare(seenOf(score, bar), seenOf(best, bar)) === 0)
}

/** Those that nothing before agreement puts behind the best. */
export function leadersBeforeAgreement(ranking: readonly Score[], bar: Bar): Score[] {
  const [best] = ranking
  const before = (score: Score) => seenOf(score, bar).slice(0, -1)
  return best === undefined ? [] : ranking.filter((score) => compare(before(score), before(best)) === 0)
}

/** Whether nothing before agreement could put another program before this one. */
export function isUnsurpassed(score: Score, bar: Bar): boolean {
  const { outside, inProcess } = score.publicTests
  const missed = outside.failed + outside.unknown + inProcess.failed + inProcess.unknown
  const isFree = freedomFrom('likely', score.findings).every((count) => count === 0)
  return score.parses === true && score.rejected === undefined && score.floor === 'clear' && isPermitted(score, bar.floor, bar.language) && missed === 0 && isFree
}

/** Whether what was seen puts one program before another. */
export function outranks(one: Score, other: Score, bar: Bar): boolean {
  return compare(seenOf(one, bar), seenOf(other, bar)) < 0
}

/** The best of each of the two best ways of behaving, where everything before agreement leaves them equal and agreement is no clear answer. */
export function rivalsIn(ranking: readonly Score[], bar: Bar): [Score, Score] | undefined {
  const [best] = ranking
  const other = ranking.find(({ cluster }) => cluster !== undefined && cluster !== best?.cluster)
  if (best?.cluster === undefined || other === undefined) return undefined
  const before = (score: Score) => seenOf(score, bar).slice(0, -1)
  const isClose = (other.agreement ?? 0) >= clearLead * (best.agreement ?? 0)
  return isClose && compare(before(best), before(other)) === 0 ? [best, other] : undefined
}

// Two to one is an answer.
const clearLead = 0.5

// What passes by doing nothing is no reason to choose a program, and to fail it is one to put the program behind the others.
function shareOf({ passed, failed, unknown, idle = 0 }: TestTally): number {
  const all = passed + failed + unknown + idle
  return all === 0 ? 0 : (passed + idle) / all
}

function compare(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((component, position) => component !== b[position])
  return first === -1 ? 0 : (b[first] ?? 0) > (a[first] ?? 0) ? 1 : -1
}
