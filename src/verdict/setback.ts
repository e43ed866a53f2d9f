import type { Floor } from '../config.ts'
import type { Digest } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { CandidateScan, Finding } from '../records/finding.ts'
import { floorOf } from './floor.ts'
import { parsesIn } from './rank.ts'

const standings = ['below', 'unknown', 'clear'] as const

/**
 * Revisions that lose what the program had that they are to be better than, with what that is (law 4): its standing to the security floor, a test that
 * it passed, or its freedom from a likely weakness. What was proposed before it was a revision is none.
 */
export function setbacksIn(evidence: Evidence, floor: Floor): Map<Digest, string> {
  const revisions = new Map(evidence.revisions?.map((revision) => [revision.id, revision]))
  return new Map(
    evidence.screenings.flatMap(({ candidate, ids, parse }) => {
      const before = revisions.get(ids[0] ?? '')?.of
      // What is no program has lost everything, and ranks below all that are.
      if (parsesIn({ parse }, evidence.executions.find((execution) => execution.candidate === candidate)) === false) return []
      const lost = before === undefined ? undefined : setback(evidence, { candidate, before, floor })
      return lost === undefined ? [] : [[candidate, lost] as const]
    }),
  )
}

function setback(evidence: Evidence, { candidate, before, floor }: { candidate: Digest; before: Digest; floor: Floor }): string | undefined {
  const scanOf = (digest: Digest) => evidence.scans.find((scan) => scan.candidate === digest)
  const [own, old] = [scanOf(candidate), scanOf(before)]
  const [standing, bar] = [floorOf(own, floor), floorOf(old, floor)]
  if (standings.indexOf(standing) < standings.indexOf(bar)) return standing === 'below' ? 'falls below the security floor' : 'is not known to be above the security floor any more'
  const test = lostTest(evidence, candidate, before)
  if (test !== undefined) return `fails a test that the best program before it passes: ${test}`
  const added = addedWeakness(own, old)
  return added === undefined ? undefined : `adds a weakness that the best program before it does not have: ${added.rule}`
}

function lostTest({ task, executions }: Evidence, candidate: Digest, before: Digest): string | undefined {
  const outcomes = (digest: Digest) => executions.find((execution) => execution.candidate === digest)?.tests ?? []
  const [own, old] = [outcomes(candidate), outcomes(before)]
  const lost = task.tests.find(({ source }, position) => source !== 'generated' && old[position] === 'passed' && own[position] !== 'passed')
  return lost?.text.trim().split('\n', 1)[0]?.slice(0, 100)
}

function addedWeakness(own: CandidateScan | undefined, old: CandidateScan | undefined): Finding | undefined {
  const counts = Map.groupBy(likely(old), ({ rule }) => rule)
  return [...Map.groupBy(likely(own), ({ rule }) => rule)].find(([rule, found]) => found.length > (counts.get(rule)?.length ?? 0))?.[1][0]
}

function likely(scan: CandidateScan | undefined): Finding[] {
  return scan?.findings.filter(({ tier, confidence }) => tier === 'vulnerability' && confidence !== 'low') ?? []
}
