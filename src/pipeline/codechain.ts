import { fitting, type Offered } from '../candidate/plan-prompt.ts'
import { cluster } from '../behavior/cluster.ts'
import type { CodeChainSettings } from '../config.ts'
import { CountersignError } from '../errors.ts'
import { pickAtRandom } from '../module/at-random.ts'
import { clusterVectors } from '../module/cluster.ts'
import { extractModules } from '../module/extract.ts'
import { placeInPlane } from '../module/plane.ts'
import { representable, standsAlone, type Trusted, trustedCandidates } from '../module/represent.ts'
import { structural } from '../module/structural.ts'
import type { Embedder } from '../ports.ts'
import { contentDigest } from '../records/candidate.ts'
import { digestRecord } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Language } from '../records/language.ts'
import type { Module, ModuleClustering, Representative } from '../records/module.ts'
import type { ModuleOffer, RoundsEnd } from '../records/round.ts'
import type { Embedded } from '../records/sample.ts'
import type { Score } from '../records/score.ts'
import { countFindings } from '../verdict/floor.ts'
import { calling, type WithModels } from './context.ts'

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
 * nearest to the middle that stands in a trusted program and compiles alone.
 */
export async function chooseModules({ evidence, ranking, number }: Seen, context: WithModels): Promise<ModulesOffered | RoundsEnd> {
  const { configuration, record, onProgress } = context
  const settings = configuration.codechain
  const programs = ranking.filter(({ rejected, parses }) => rejected === undefined && parses !== false)
  const { modules, unread, without } = await modulesOf(evidence, programs)
  const trusted = trustedIn(evidence, programs)
  const offer: ModuleOffer = {
    by: settings.representatives,
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
  if (settings.representatives === 'none') return { offer, modules: [] }
  if (modules.length === 0) return nothingIn(programs, without)
  for (const module of modules) record?.('module', module)
  const { vectors, embedder, note } = await embed(modules, context)
  const clusters = clusterVectors(vectors, { k: countFor(number, settings), seed: configuration.seed }).clusters
  const choice = { modules, clusters, trusted, offer }
  const chosen = settings.representatives === 'random' ? await atRandom(choice, { number, context }) : await nearest(choice, context)
  const clustering: ModuleClustering = {
    round: number,
    embedder,
    modules: placeInPlane(vectors).map((place, i) => ({ module: modules[i]!.digest, candidate: modules[i]!.candidate, place })),
    clusters: clusters.map(({ members }, position) => {
      const representative = chosen.find((module) => module.cluster === position)?.position
      return { members, ...(representative !== undefined && { representative }) }
    }),
  }
  record?.('clustering', clustering)
  const representatives = chosen.map((one) => representativeOf(modules[one.position]!, { ...one, number, evidence, ranking }))
  for (const representative of representatives) record?.('representative', representative)
  if (representatives.length === 0) return { reason: 'nothing-to-offer', detail: `none of the ${modules.length} sub-modules may represent others: none stands at the top of a trusted program and compiles alone` }
  const offered = representatives.map((representative): ModulesOffered['modules'][number] => ({ digest: representative.module, name: representative.name, code: representative.code, known: knownOf(representative) }))
  const shown = fitting(offered, context.models.coder.prompts[0] ?? 'chat')
  const made: ModuleOffer = {
    ...offer,
    clusters: clusters.length,
    representatives: representatives.filter((_, i) => shown.includes(offered[i]!)).map(digestRecord),
    notes: notesOn({ ...offer, clusters: clusters.length }, { programs, shown: shown.length, chosen: chosen.length, note }),
  }
  onProgress?.({ kind: 'modules-chosen', number, offer: made, representatives })
  return { offer: made, modules: shown }
}

/** Modules of the best programs first. */
async function modulesOf(evidence: Evidence, programs: readonly Score[]): Promise<{ modules: Module[]; unread: number; without: number }> {
  const byDigest = new Map(evidence.candidates.map((candidate) => [contentDigest(candidate), candidate]))
  const modules: Module[] = []
  let [unread, without] = [0, 0]
  for (const { candidate } of programs) {
    const program = byDigest.get(candidate)
    if (program === undefined || modules.length >= mostModules) continue
    const found = await extractModules(program, { entryPoint: evidence.task.entryPoint })
    if (found.unread.length > 0) unread++
    else if (found.modules.length === 0) without++
    modules.push(...found.modules)
  }
  return { modules: modules.slice(0, mostModules), unread, without }
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

function countFor(number: number, { clusters }: CodeChainSettings): number | 'silhouette' {
  return clusters === 'silhouette' ? clusters : Math.max(1, clusters - (number - 2))
}

/** By the model that is configured, or by their structure where it cannot; budgets and interruptions are for the caller. */
async function embed(modules: readonly Module[], context: WithModels): Promise<{ vectors: number[][]; embedder: string; note?: string }> {
  const asked = context.models.embedder
  const embedded = asked && (await attempt(asked, modules, context))
  if (asked !== undefined && embedded?.kind === 'embedded') return { vectors: embedded.vectors, embedder: asked.driver }
  const why = embedded?.kind === 'unavailable' ? embedded.reason : undefined
  const own = await structural.embed(modules, calling(context))
  if (own.kind === 'unavailable') throw new CountersignError('MODEL_REPLY_INVALID', own.reason)
  const note = why && `sub-modules were placed by their structure, since ${asked?.driver} could not: ${why}`
  return { vectors: own.vectors, embedder: structural.driver, ...(note !== undefined && { note }) }
}

async function attempt(embedder: Embedder, modules: readonly Module[], context: WithModels): Promise<Embedded> {
  try {
    return await embedder.embed(modules, calling(context))
  } catch (error) {
    if (!(error instanceof CountersignError) || ['INTERRUPTED', 'EVIDENCE_BROKEN', 'BUDGET_SPENT', 'SPEND_UNKNOWN'].includes(error.code)) throw error
    return { kind: 'unavailable', reason: error.message }
  }
}

interface Choice {
  modules: readonly Module[]
  clusters: ReturnType<typeof clusterVectors>['clusters']
  trusted: Trusted
  offer: ModuleOffer
}

interface Chosen {
  position: number
  cluster?: number
}

async function nearest({ modules, clusters, trusted, offer }: Choice, context: WithModels): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  for (const [position, members] of representable(modules, clusters, trusted).entries()) {
    const found = await firstWhole(members, { modules, offer, taken: new Set(chosen.map((one) => modules[one.position]!.digest)) }, context)
    if (found !== undefined) chosen.push({ position: found, cluster: position })
  }
  return chosen
}

async function atRandom({ modules, clusters, trusted, offer }: Choice, { number, context }: { number: number; context: WithModels }): Promise<Chosen[]> {
  const eligible = new Map(modules.flatMap((module, i) => (trusted.candidates.has(module.candidate) && standsAlone(module) ? [[module.digest, i] as const] : [])))
  const order = pickAtRandom([...eligible.values()], { count: eligible.size, seed: context.configuration.seed + number })
  const chosen: Chosen[] = []
  for (const position of order) {
    if (chosen.length === clusters.length) break
    if ((await firstWhole([position], { modules, offer, taken: new Set() }, context)) !== undefined) chosen.push({ position })
  }
  return chosen
}

/** The first that is not offered already and compiles alone. Our parser forgives what a runtime does not. */
async function firstWhole(positions: readonly number[], { modules, offer, taken }: { modules: readonly Module[]; offer: ModuleOffer; taken: ReadonlySet<string> }, context: WithModels): Promise<number | undefined> {
  for (const position of positions) {
    const { digest, name, code, language } = modules[position]!
    if (taken.has(digest)) continue
    if (await compiles(language, code, context)) return position
    if (!offer.broken.includes(name)) offer.broken.push(name)
  }
  return undefined
}

const mainFile: Record<Language, string> = { python: 'main.py', javascript: 'main.js', typescript: 'main.ts' }

async function compiles(language: Language, code: string, { sandbox, configuration, signal }: WithModels): Promise<boolean> {
  const job = { language, files: [{ path: mainFile[language], content: code }], work: { kind: 'calls' as const, calls: [] } }
  const { error } = await sandbox.run(job, { limits: configuration.sandbox.limits, ...(signal && { signal }) })
  return error?.type !== 'SyntaxError' && error?.type !== 'IndentationError'
}

function representativeOf(module: Module, { cluster: position, number, evidence, ranking }: Chosen & Seen): Representative {
  const { outside, inProcess } = ranking.find(({ candidate }) => candidate === module.candidate)!.publicTests
  const scan = evidence.scans.find(({ candidate }) => candidate === module.candidate)
  const findings = scan?.findings.filter(({ path, span }) => path === module.path && span.start >= module.span.start && span.end <= module.span.end) ?? []
  return {
    round: number,
    module: module.digest,
    candidate: module.candidate,
    name: module.name,
    language: module.language,
    code: module.code,
    ...(position !== undefined && { cluster: position }),
    tests: { passed: outside.passed + inProcess.passed, failed: outside.failed + inProcess.failed, unknown: outside.unknown + inProcess.unknown },
    findings: countFindings({ candidate: module.candidate, coverage: [], findings }),
  }
}

/** What a writer is told of a module, in our own words. */
function knownOf({ tests: { passed, failed, unknown }, findings }: Representative): string {
  const all = passed + failed + unknown
  const tested = all === 0 ? 'from a program that does what most others do' : `from a program that passes ${passed} of ${all} tests`
  const count = findings.reduce((sum, found) => sum + found.count, 0)
  return `${tested}; ${count === 0 ? 'nothing was found wrong in it' : `${count} weakness${count === 1 ? '' : 'es'} or bad habits were found in it`}:`
}

function notesOn({ by, basis, distinct, clusters, broken }: ModuleOffer, { programs, shown, chosen, note }: { programs: readonly Score[]; shown: number; chosen: number; note: string | undefined }): string[] {
  return [
    ...(note === undefined ? [] : [note]),
    ...(programs.length === 1 ? ['there is one program only: it is offered its own sub-modules'] : []),
    ...(distinct === 1 ? ['all sub-modules are equal, and make one cluster'] : []),
    ...(basis === 'none-passed' ? ['no program passes every test, so sub-modules come from all of them'] : []),
    ...(broken.length === 0 ? [] : [`${broken.join(', ')}: does not compile alone, and represents nothing`]),
    ...(by === 'clustered' && chosen < clusters ? [`${clusters - chosen} of ${clusters} clusters have no sub-module that may represent them`] : []),
    ...(shown < chosen ? [`the prompt has no room for ${chosen - shown} of ${chosen} representatives`] : []),
  ]
}
