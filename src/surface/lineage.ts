import type { RecordedRun } from '../index.ts'
import { digestRecord } from '../records/digest.ts'
import type { Representative } from '../records/module.ts'
import type { Round } from '../records/round.ts'

/** A program of a run, with the sub-modules that it took and the programs that these come from. */
export interface Lineage {
  id: string
  candidate: string
  round: number
  prompt: string
  /** What was outlined before it was written. */
  plan: string[]
  parts: Part[]
}

/** A sub-module that was offered to a program's writer, and what became of it. */
export interface Part {
  how: 'reused' | 'adapted' | 'not used'
  representative: Representative
  /** How many are like it, where it stands for a cluster. */
  alike?: number
  /** The program that it comes from; one that was told of before is told of by its name alone. */
  from?: Lineage
}

type CodeChainRound = Extract<Round, { kind: 'codechain' }>

/** The program that was chosen, or the best one, and where it comes from: through the modules that it took back to the first round. */
export function lineageOf(run: RecordedRun): Lineage | undefined {
  const best = run.verdict?.ranking[0]
  return best === undefined ? undefined : programOf(run, { id: best.ids[0] ?? '', candidate: best.candidate, told: new Set() })
}

function programOf(run: RecordedRun, { id, candidate, told }: { id?: string; candidate: string; told: Set<string> }): Lineage | undefined {
  const revision = run.revisions.find((one) => (id === undefined ? one.candidate === candidate : one.id === id))
  if (revision === undefined) return undefined
  const isTold = told.has(revision.id)
  told.add(revision.id)
  const plan = run.plans.find((one) => digestRecord(one) === revision.plan)
  return {
    id: revision.id,
    candidate: revision.candidate,
    round: revision.round,
    prompt: revision.prompt,
    plan: plan?.modules.map(({ signature }) => signature) ?? [],
    parts: isTold ? [] : representativesOf(run, revision.round).map((representative) => partOf(run, representative, { revision, told })),
  }
}

function partOf(run: RecordedRun, representative: Representative, { revision, told }: { revision: RecordedRun['revisions'][number]; told: Set<string> }): Part {
  const how = revision.reused?.includes(representative.module) === true ? 'reused' : revision.adapted?.includes(representative.module) === true ? 'adapted' : 'not used'
  const clustering = run.clusterings.find(({ round }) => round === representative.round)
  const alike = representative.cluster === undefined ? undefined : clustering?.clusters[representative.cluster]?.members.length
  // A representative comes from an earlier round than the one that it is offered to, so this ends.
  const from = how === 'not used' ? undefined : programOf(run, { candidate: representative.candidate, told })
  return { how, representative, ...(alike !== undefined && { alike }), ...(from !== undefined && { from }) }
}

/** What was offered to the writers of a round. */
export function representativesOf(run: RecordedRun, number: number): Representative[] {
  const round = run.rounds.find((one): one is CodeChainRound => one.kind === 'codechain' && one.number === number)
  const byDigest = new Map(run.representatives.map((one) => [digestRecord(one), one]))
  return round?.offer.representatives.flatMap((digest) => byDigest.get(digest) ?? []) ?? []
}

/** What is known of a representative, in words. */
export function knownOf({ tests: { passed, failed, unknown }, findings }: Representative): string {
  const all = passed + failed + unknown
  const count = findings.reduce((sum, found) => sum + found.count, 0)
  return `${all === 0 ? 'no tests' : `its program passes ${passed} of ${all} tests`}, ${count === 0 ? 'nothing found in it' : `${count} found in it`}`
}
