import { type Candidate, contentDigest } from '../records/candidate.ts'
import { canonicalJson, type Digest } from '../records/digest.ts'
import type { Execution } from '../records/execution.ts'
import type { CandidateScan, Finding } from '../records/finding.ts'
import type { Screening } from '../records/screening.ts'
import type { Task } from '../records/task.ts'
import type { Test, TestOutcome } from '../records/test.ts'
import type { RecordedRun } from '../store/recorded-run.ts'
import { floorOf, isBelow } from '../verdict/floor.ts'
import { floorInForce } from '../verdict/in-force.ts'

/** A run that came far enough for something to be known of its programs. */
export type UsableRun = RecordedRun & Required<Pick<RecordedRun, 'task' | 'configuration'>>

/** How one distinct program of a run stands, by what was seen of it alone. */
export interface Standing {
  candidate: Candidate
  digest: Digest
  /** It parses, is complete, ran to its end, is clear of the floor, has no type errors, and no test that somebody vouches for was not passed. */
  isSound: boolean
  /** Outcomes of the tests that somebody vouches for and that say something, by position in the task; a test that was not tried has none. */
  tests: ReadonlyMap<number, TestOutcome | undefined>
  /** What the floor forbids. */
  findings: readonly Finding[]
  /** What its calls did, as one text; absent where it did not run to its end or was never called. */
  behaviour?: string
}

/** The programs of a run, the best first where there is a verdict, else in the order in which they were looked at. */
export function standingsIn(run: UsableRun): Standing[] {
  const floor = floorInForce(run.configuration)
  const scans = new Map(run.scans.map((scan) => [scan.candidate, scan]))
  const executions = new Map(run.executions.map((execution) => [execution.candidate, execution]))
  const candidates = new Map(run.candidates.map((candidate) => [contentDigest(candidate), candidate]))
  // A revision that was refused is known by its refusal alone.
  const refused = run.repairs.flatMap(({ child }) => (child !== undefined && !candidates.has(contentDigest(child.candidate)) ? [child] : []))
  const standings = [
    ...run.screenings.flatMap((screening) => {
      const candidate = candidates.get(screening.candidate)
      return candidate === undefined ? [] : [standingOf({ task: run.task, floor, candidate, screening, scan: scans.get(screening.candidate), execution: executions.get(screening.candidate) })]
    }),
    ...refused.map(({ candidate, screening, scan, execution }) => standingOf({ task: run.task, floor, candidate, screening, scan, execution })),
  ]
  const places = new Map(run.verdict?.ranking.map(({ candidate }, place) => [candidate, place]))
  const placeOf = ({ digest }: Standing) => places.get(digest) ?? places.size
  return [...new Map(standings.map((standing) => [standing.digest, standing])).values()].sort((a, b) => placeOf(a) - placeOf(b))
}

interface Seen {
  task: Task
  floor: ReturnType<typeof floorInForce>
  candidate: Candidate
  screening: Screening
  scan: CandidateScan | undefined
  execution: Execution | undefined
}

function standingOf({ task, floor, candidate, screening, scan, execution }: Seen): Standing {
  const tests = new Map(task.tests.flatMap((test, at) => (isVouched(test) && execution?.idle?.includes(at) !== true ? [[at, execution?.tests[at]] as const] : [])))
  const { parse, entryPoint, degenerate, types } = screening
  const isProgram = degenerate === undefined && parse.kind === 'parsed' && parse.errors === 0 && (entryPoint === 'found' || entryPoint === 'not-asked') && (types === undefined || (types.kind === 'checked' && types.errors === 0))
  const isClear = floorOf(scan, floor) === 'clear'
  const ran = execution?.outcome === 'completed'
  return {
    candidate,
    digest: contentDigest(candidate),
    isSound: isProgram && isClear && ran && [...tests.values()].every((outcome) => outcome === 'passed'),
    tests,
    findings: (scan?.findings ?? []).filter((finding) => isBelow(finding, floor)),
    ...(ran && execution.calls.some(({ kind }) => kind === 'returned') && { behaviour: canonicalJson(execution.calls) }),
  }
}

/** What a model wrote vouches for nothing. */
function isVouched({ source }: Test): boolean {
  return source !== 'generated'
}
