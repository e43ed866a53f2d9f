import { observe } from '../behavior/observe.ts'
import { screenCandidates } from '../candidate/screen.ts'
import { packagesOf } from '../finding/dependency/manifest.ts'
import { scan } from '../finding/scan.ts'
import { packageFilesAround } from '../finding/workspace/packages.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import type { Evidence } from '../records/evidence.ts'
import type { CandidateScan } from '../records/finding.ts'
import type { Screening } from '../records/screening.ts'
import type { Task } from '../records/task.ts'
import type { Call, Test } from '../records/test.ts'
import { type Context, observing } from './context.ts'

/** The same evidence with more candidates: what is known of those before stays, and only what is new is read and run. */
export async function examineMore(evidence: Evidence, more: readonly Candidate[], context: Context): Promise<Evidence> {
  const { record, onProgress, signal } = context
  const { task, inputs } = evidence
  const candidates = [...evidence.candidates, ...more]
  for (const candidate of more) record?.('candidate', candidate)
  const screenings = await screenCandidates(task, candidates)
  for (const screening of changed(screenings, evidence.screenings)) {
    record?.('screening', screening)
    onProgress?.({ kind: 'screened', screening })
  }
  // What our parser cannot explain is run all the same: the runtime knows its own language best.
  const attempts = new Set(screenings.filter(({ degenerate }) => degenerate === undefined).map(({ candidate }) => candidate))
  const known = new Set(evidence.screenings.map(({ candidate }) => candidate))
  const runnable = new Map(candidates.map((candidate) => [contentDigest(candidate), candidate] as const).filter(([digest]) => attempts.has(digest) && !known.has(digest)))
  const paths = [...runnable.values()].flatMap(({ files }) => files.map(({ path }) => path))
  const beside = task.workspace === undefined ? [] : packageFilesAround(task.workspace.path, paths)
  const scans: CandidateScan[] = []
  for (const [digest, { files, language }] of runnable) {
    signal?.throwIfAborted()
    const found = { candidate: digest, ...(await scan(files, { language, packages: packagesOf([...beside, ...files]) })) }
    scans.push(found)
    record?.('scan', found)
    onProgress?.({ kind: 'scanned', scan: found })
  }
  const executions = await observe(task, [...runnable.values()], {
    ...(await observing(task, context)),
    inputs: inputs.map(({ call }) => call),
    onExecution: (execution) => {
      record?.('execution', execution)
      onProgress?.({ kind: 'executed', execution })
    },
  })
  return { ...evidence, candidates, screenings, scans: [...evidence.scans, ...scans], executions: [...evidence.executions, ...executions] }
}


/** Screenings that are new, or of which more proposals are known. */
function changed(screenings: readonly Screening[], before: readonly Screening[]): Screening[] {
  const proposals = new Map(before.map(({ candidate, ids }) => [candidate, ids.length]))
  return screenings.filter(({ candidate, ids }) => proposals.get(candidate) !== ids.length)
}

/** Calls that show what the arguments look like. A model's wild ones would blur what the task itself shows. */
export function examplesOf({ tests }: Task): Call[] {
  const shown = callsOf(tests.filter(({ source }) => source !== 'generated'))
  return shown.length > 0 ? shown : callsOf(tests)
}

function callsOf(tests: readonly Test[]): Call[] {
  return tests.flatMap((test) => (test.kind === 'call' ? test.calls : []))
}
