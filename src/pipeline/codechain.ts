import { cluster } from '../behavior/cluster.ts'
import { fitting, type Offered } from '../candidate/plan-prompt.ts'
import type { CodeChainSettings } from '../config.ts'
import { clusterVectors, type ModuleCluster } from '../module/cluster.ts'
import { extractModules } from '../module/extract.ts'
import { placeInPlane } from '../module/plane.ts'
import { type Trusted, trustedCandidates } from '../module/represent.ts'
import { contentDigest } from '../records/candidate.ts'
import { digestRecord } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { KeptModule } from '../records/kept-module.ts'
import type { Module, Representative } from '../records/module.ts'
import type { ModuleOffer, RoundsEnd } from '../records/round.ts'
import type { Score } from '../records/score.ts'
import type { WithModels } from './context.ts'
import { keptNear } from './kept.ts'
import { placeModules } from './place-modules.ts'
import { atRandom, type Chosen, knownOf, nearestOf, representativeOf } from './representatives.ts'

/** Sub-modules for the next round's writer, with the record of how they were chosen. */
export interface ModulesOffered {
  offer: ModuleOffer
  modules: (Offered & Pick<Module, 'digest' | 'name'>)[]
}

interface Seen {
  evidence: Evidence
  /** All candidates, the best first. */
  ranking: readonly Score[]
  /** The round that they are for. */
  number: number
}

// More than these are not looked at: those of the best programs come first.
const mostModules = 3000

/**
 * The sub-modules of all programs so far, grouped by what they are alike in, and of each group the real one that represents it (CodeChain §3.2): the one
 * nearest to the middle that stands in a trusted program and compiles alone. Beside them those kept from other tasks that lie nearest.
 */
export async function chooseModules(seen: Seen, context: WithModels): Promise<ModulesOffered | RoundsEnd> {
  const { models, configuration, record, onProgress } = context
  const settings = configuration.codechain
  const programs = seen.ranking.filter(({ rejected, parses }) => rejected === undefined && parses !== false)
  const found = await modulesOf(seen.evidence, programs)
  const trusted = trustedIn(seen.evidence, programs)
  const offer = offerOf(found, { programs, trusted, ...seen, by: settings.representatives })
  if (settings.representatives === 'none') return { offer, modules: [] }
  if (found.modules.length === 0) return nothingIn(programs, found.without)
  const { representatives, clusters, kept, note, broken } = await represented({ ...seen, modules: found.modules, trusted }, context)
  if (representatives.length + kept.length === 0)
    return { reason: 'nothing-to-offer', detail: `none of the ${found.modules.length} sub-modules may represent others: none stands at the top of a trusted program and compiles alone` }
  const all = [...representatives, ...kept].map((one): ModulesOffered['modules'][number] => ({ digest: 'module' in one ? one.module : one.digest, name: one.name, code: one.code, known: 'module' in one ? knownOf(one) : knownOfKept }))
  const shown = fitting(all, models.coder.prompts[0] ?? 'chat')
  const isShown = (_: unknown, position: number) => shown.includes(all[position]!)
  const made: ModuleOffer = {
    ...offer,
    broken,
    clusters: clusters.length,
    representatives: representatives.filter(isShown).map(digestRecord),
    kept: kept.filter((_, i) => isShown(_, representatives.length + i)).map(digestRecord),
    notes: notesOn({ ...offer, broken }, { programs: programs.length, clusters: clusters.length, represented: representatives.length, chosen: all.length, shown: shown.length, note }),
  }
  for (const representative of representatives) record?.('representative', representative)
  for (const module of kept) record?.('kept-module', module)
  onProgress?.({ kind: 'modules-chosen', number: seen.number, offer: made, names: shown.map(({ name }) => name) })
  return { offer: made, modules: shown }
}

const knownOfKept = 'from a program for another task, which passed its tests:'

interface Found {
  modules: Module[]
  /** Programs that could not be read, and those without a module. */
  unread: number
  without: number
}

/** Modules of the best programs first. */
async function modulesOf({ candidates, task }: Evidence, programs: readonly Score[]): Promise<Found> {
  const byDigest = new Map(candidates.map((candidate) => [contentDigest(candidate), candidate]))
  const found: Found = { modules: [], unread: 0, without: 0 }
  for (const { candidate } of programs) {
    const program = byDigest.get(candidate)
    if (program === undefined || found.modules.length >= mostModules) continue
    const { modules, unread } = await extractModules(program, { entryPoint: task.entryPoint })
    if (unread.length > 0) found.unread++
    else if (modules.length === 0) found.without++
    found.modules.push(...modules)
  }
  return { ...found, modules: found.modules.slice(0, mostModules) }
}

function offerOf({ modules, unread, without }: Found, { programs, trusted, ranking, by }: Pick<Seen, 'ranking'> & Pick<ModuleOffer, 'by'> & { programs: readonly Score[]; trusted: Trusted }): ModuleOffer {
  return {
    by,
    found: modules.length,
    distinct: new Set(modules.map(({ digest }) => digest)).size,
    unread: unread + ranking.length - programs.length,
    without,
    broken: [],
    basis: trusted.basis,
    clusters: 0,
    representatives: [],
    kept: [],
    notes: [],
  }
}

function nothingIn(programs: readonly Score[], without: number): RoundsEnd {
  const detail = programs.length === 0 ? 'no candidate parses, so there is no sub-module to go on from' : `none of the ${without} programs has a sub-module beside its entry point, so there is nothing to go on from`
  return { reason: 'nothing-to-offer', detail }
}

/** Programs that pass what somebody vouches for; none that is below the security floor (law 4). */
function trustedIn(evidence: Evidence, programs: readonly Score[]): Trusted {
  const eligible = programs.filter(({ floor }) => floor !== 'below')
  const isVouched = evidence.task.tests.some(({ source }) => source !== 'generated')
  const passed = eligible.filter(({ publicTests: { outside, inProcess } }) => outside.failed + outside.unknown + inProcess.failed + inProcess.unknown === 0)
  const named = new Set(eligible.map(({ candidate }) => candidate))
  const alike = cluster(evidence).clusters.map(({ members, mass, returned }) => ({ members: members.filter((member) => named.has(member)), mass, returned }))
  return trustedCandidates({ all: [...named], passed: isVouched ? passed.map(({ candidate }) => candidate) : undefined, clusters: alike.filter(({ members }) => members.length > 0) })
}

interface Represented {
  representatives: Representative[]
  kept: KeptModule[]
  clusters: ModuleCluster[]
  broken: string[]
  note: string | undefined
}

async function represented({ modules, trusted, ...seen }: Seen & { modules: readonly Module[]; trusted: Trusted }, context: WithModels): Promise<Represented> {
  const { configuration, record } = context
  const { number } = seen
  const settings = configuration.codechain
  const library = settings.kept === 0 ? [] : (context.kept ?? []).filter(({ language }) => language === seen.evidence.task.language)
  const { vectors: all, embedder, note } = await placeModules([...modules, ...library], context)
  const vectors = all.slice(0, modules.length)
  const { clusters } = clusterVectors(vectors, { k: countFor(number, settings), seed: configuration.seed })
  const choice = { modules, clusters, trusted, broken: [] }
  const chosen = settings.representatives === 'random' ? await atRandom(choice, { number, context }) : await nearestOf(choice, context)
  const kept = keptNear({ library, vectors: all.slice(modules.length), clusters, own: modules, count: settings.kept })
  for (const module of modules) if (isNew(seen, module)) record?.('module', module)
  const places = placeInPlane(vectors)
  record?.('clustering', {
    round: number,
    embedder,
    modules: modules.map(({ digest, candidate }, i) => ({ module: digest, candidate, place: places[i] })),
    clusters: clusters.map(({ members }, position) => ({ members, ...representativeIn(chosen, position) })),
  })
  return { representatives: chosen.map(({ position, ...one }) => representativeOf(modules[position]!, { ...one, ...seen })), kept, clusters, broken: choice.broken, note }
}

/** Those of earlier rounds are in the record already. */
function isNew({ evidence, number }: Seen, { candidate }: Module): boolean {
  return (evidence.revisions?.find((revision) => revision.candidate === candidate)?.round ?? 1) === number - 1
}

function representativeIn(chosen: readonly Chosen[], position: number): { representative?: number } {
  const found = chosen.find((one) => one.cluster === position)
  return found === undefined ? {} : { representative: found.position }
}

function countFor(number: number, { clusters }: CodeChainSettings): number | 'silhouette' {
  return clusters === 'silhouette' ? clusters : Math.max(1, clusters - (number - 2))
}

interface Counts {
  programs: number
  clusters: number
  represented: number
  chosen: number
  shown: number
  note: string | undefined
}

function notesOn({ by, basis, distinct, broken }: ModuleOffer, { programs, clusters, represented, chosen, shown, note }: Counts): string[] {
  return [
    ...(note === undefined ? [] : [note]),
    ...(programs === 1 ? ['there is one program only: it is offered its own sub-modules'] : []),
    ...(distinct === 1 ? ['all sub-modules are equal, and make one cluster'] : []),
    ...(basis === 'none-passed' ? ['no program passes every test, so sub-modules come from all of them'] : []),
    ...(broken.length === 0 ? [] : [`${broken.join(', ')}: does not compile alone, and represents nothing`]),
    ...(by === 'clustered' && represented < clusters ? [`${clusters - represented} of ${clusters} clusters have no sub-module that may represent them`] : []),
    ...(shown < chosen ? [`the prompt has no room for ${chosen - shown} of ${chosen} sub-modules`] : []),
  ]
}
