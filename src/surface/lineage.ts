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
  name: string
  /** Its digest. */
  module: string
  code: string
  /** What is known of it, and what it stands for, in words. */
  known: string
  place: string
  /** The program that it comes from; one that was told of before is told of by its name alone. */
  from?: Lineage | undefined
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
    parts: isTold ? [] : partsOf(run, revision, told),
  }
}

type Revision = RecordedRun['revisions'][number]

function partsOf(run: RecordedRun, revision: Revision, told: Set<string>): Part[] {
  const own = representativesOf(run, revision.round).map((one): Part => {
    const { candidate, module, name, code } = one
    const how = fateOf(module, revision)
    // A representative comes from an earlier round than the one that it is offered to, so this ends.
    const from = how === 'not used' ? undefined : programOf(run, { candidate, told })
    return { how, name, module, code, known: knownOf(one), place: placeOf(run, one), from }
  })
  const kept = keptIn(run, revision.round).map(({ digest, name, code, source }): Part => ({ how: fateOf(digest, revision), name, module: digest, code, known: `kept from: ${source.instruction}`, place: 'from another task' }))
  return [...own, ...kept]
}

function fateOf(module: string, { reused = [], adapted = [] }: Revision): Part['how'] {
  return reused.includes(module) ? 'reused' : adapted.includes(module) ? 'adapted' : 'not used'
}

function placeOf({ clusterings }: RecordedRun, { cluster, round: number }: Representative): string {
  if (cluster === undefined) return 'chosen at random'
  const members = clusterings.find(({ round }) => round === number)?.clusters[cluster]?.members.length ?? 0
  return `stands for cluster ${cluster + 1}, ${members} sub-module${members === 1 ? '' : 's'}`
}

/** What was offered to the writers of a round. */
export function representativesOf(run: RecordedRun, number: number): Representative[] {
  const byDigest = new Map(run.representatives.map((one) => [digestRecord(one), one]))
  return offerOf(run, number)?.representatives.flatMap((digest) => byDigest.get(digest) ?? []) ?? []
}

function keptIn(run: RecordedRun, number: number): RecordedRun['keptModules'] {
  const byDigest = new Map(run.keptModules.map((one) => [digestRecord(one), one]))
  return offerOf(run, number)?.kept.flatMap((digest) => byDigest.get(digest) ?? []) ?? []
}

function offerOf({ rounds }: RecordedRun, number: number): CodeChainRound['offer'] | undefined {
  return rounds.find((one): one is CodeChainRound => one.kind === 'codechain' && one.number === number)?.offer
}

/** What is known of a representative, in words. */
export function knownOf({ tests: { passed, failed, unknown }, findings }: Representative): string {
  const all = passed + failed + unknown
  const count = findings.reduce((sum, found) => sum + found.count, 0)
  return `${all === 0 ? 'no tests' : `its program passes ${passed} of ${all} tests`}, ${count === 0 ? 'nothing found in it' : `${count} found in it`}`
}
