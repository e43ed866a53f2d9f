import type { Separation } from '../records/training.ts'
import type { TestOutcome } from '../records/test.ts'
import { type Standing, standingsIn, type UsableRun } from './standing.ts'

/** One program that is to be preferred to another, and what was seen that says so. */
export interface Pair {
  chosen: Standing
  rejected: Standing
  reason: Separation[]
}

/**
 * Pairs that evidence separates, at most one for each program that is not sound: it is compared with the best sound one from which something
 * that was seen separates it. Programs that likelihood, agreement or critics alone put in an order make no pair.
 */
export function pairsIn(run: UsableRun): Pair[] {
  const standings = standingsIn(run)
  const sound = standings.filter(({ isSound }) => isSound)
  return standings
    .filter(({ isSound }) => !isSound)
    .flatMap((rejected) => {
      const parents = sound.filter((chosen) => isParent(run, { chosen, rejected }))
      const ordered = [...parents, ...sound.filter((chosen) => !parents.includes(chosen))]
      for (const chosen of ordered) {
        const reason = separation(run, { chosen, rejected })
        if (reason.length > 0) return [{ chosen, rejected, reason }]
      }
      return []
    })
}

type Both = Pick<Pair, 'chosen' | 'rejected'>

function isParent({ repairs }: UsableRun, { chosen, rejected }: Both): boolean {
  return repairs.some(({ parent, child, id }) => (parent === chosen.digest && id === rejected.candidate.id) || (parent === rejected.digest && child !== undefined && child.candidate.id === chosen.candidate.id))
}

function separation(run: UsableRun, both: Both): Separation[] {
  const revisions = byRevision(run, both)
  const tests = byTest(run, both)
  const findings = byFinding(both)
  // Without a test that somebody vouches for, a weakness separates only what does the same: else a program that does nothing would be the better one.
  const isComparable = both.chosen.tests.size > 0 || revisions.length > 0 || (both.chosen.behaviour !== undefined && both.chosen.behaviour === both.rejected.behaviour)
  return [...revisions, ...tests, ...(isComparable ? findings : [])]
}

const failures: ReadonlySet<TestOutcome | undefined> = new Set(['failed', 'error', 'timed-out', 'out-of-memory', 'output-limit'])

function byTest({ task }: UsableRun, { rejected }: Both): Separation[] {
  return [...rejected.tests].flatMap(([at, outcome]): Separation[] => {
    const text = task.tests[at]?.text
    return outcome === undefined || text === undefined || !failures.has(outcome) ? [] : [{ kind: 'test', text, outcome }]
  })
}

function byFinding({ rejected }: Both): Separation[] {
  return rejected.findings.map(({ rule, cwe, severity, confidence, path, span, message }) => ({ kind: 'finding', rule, ...(cwe !== undefined && { cwe }), severity, confidence, path, line: span.line, message }))
}

/** What became of revisions of the one into the other. A refusal counts where something was seen of the revision. */
function byRevision({ repairs }: UsableRun, { chosen, rejected }: Both): Separation[] {
  return repairs.flatMap(({ id, parent, child, fate, objections, mended }): Separation[] => {
    if (child === undefined) return []
    if (fate === 'refused' && parent === chosen.digest && id === rejected.candidate.id && objections.length > 0) return [{ kind: 'refused-revision', id, objections }]
    if (fate === 'accepted' && parent === rejected.digest && child.candidate.id === chosen.candidate.id && mended.length > 0) return [{ kind: 'accepted-revision', id, mended }]
    return []
  })
}
