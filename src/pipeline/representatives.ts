import { pickAtRandom } from '../module/at-random.ts'
import type { ModuleCluster } from '../module/cluster.ts'
import { representable, standsAlone, type Trusted } from '../module/represent.ts'
import type { Evidence } from '../records/evidence.ts'
import { isUnreadable } from '../records/execution.ts'
import type { Language } from '../records/language.ts'
import type { Module, Representative } from '../records/module.ts'
import type { Score } from '../records/score.ts'
import { countFindings } from '../verdict/floor.ts'
import type { WithModels } from './context.ts'

interface Choice {
  modules: readonly Module[]
  clusters: readonly ModuleCluster[]
  trusted: Trusted
  /** Takes the names of those that do not compile alone. */
  broken: string[]
}

/** A module by its position, and the cluster that it stands for. */
export interface Chosen {
  position: number
  cluster?: number
}

/** Of each cluster the module nearest to its middle that may represent it. */
export async function nearestOf({ modules, clusters, trusted, broken }: Choice, context: WithModels): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  for (const [position, members] of representable(modules, clusters, trusted).entries()) {
    const found = await firstWhole(members, { modules, broken, taken: new Set(chosen.map((one) => modules[one.position]!.digest)) }, context)
    if (found !== undefined) chosen.push({ position: found, cluster: position })
  }
  return chosen
}

/** As many modules as there are clusters, at random. */
export async function atRandom({ modules, clusters, trusted, broken }: Choice, { number, context }: { number: number; context: WithModels }): Promise<Chosen[]> {
  const eligible = new Map(modules.flatMap((module, i) => (trusted.candidates.has(module.candidate) && standsAlone(module) ? [[module.digest, i] as const] : [])))
  const order = pickAtRandom([...eligible.values()], { count: eligible.size, seed: context.configuration.seed + number })
  const chosen: Chosen[] = []
  for (const position of order) {
    if (chosen.length === clusters.length) break
    if ((await firstWhole([position], { modules, broken, taken: new Set() }, context)) !== undefined) chosen.push({ position })
  }
  return chosen
}

/** The first that is not offered already and compiles alone. Our parser forgives what a runtime does not. */
async function firstWhole(positions: readonly number[], { modules, broken, taken }: { modules: readonly Module[]; broken: string[]; taken: ReadonlySet<string> }, context: WithModels): Promise<number | undefined> {
  for (const position of positions) {
    const { digest, name, code, language } = modules[position]!
    if (taken.has(digest)) continue
    if (await compiles(language, code, context)) return position
    if (!broken.includes(name)) broken.push(name)
  }
  return undefined
}

const mainFile: Record<Language, string> = { python: 'main.py', javascript: 'main.js', typescript: 'main.ts' }

async function compiles(language: Language, code: string, { sandbox, configuration, signal }: WithModels): Promise<boolean> {
  const job = { language, files: [{ path: mainFile[language], content: code }], work: { kind: 'calls' as const, calls: [] } }
  const { error } = await sandbox.run(job, { limits: configuration.sandbox.limits, ...(signal && { signal }) })
  return !isUnreadable(error)
}

/** The record of a module that stands for others, with what is known of it. */
export function representativeOf(module: Module, { cluster: position, number, evidence, ranking }: Omit<Chosen, 'position'> & { number: number; evidence: Evidence; ranking: readonly Score[] }): Representative {
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
export function knownOf({ tests: { passed, failed, unknown }, findings }: Pick<Representative, 'tests' | 'findings'>): string {
  const all = passed + failed + unknown
  const tested = all === 0 ? 'from a program that does what most others do' : `from a program that passes ${passed} of ${all} tests`
  const count = findings.reduce((sum, found) => sum + found.count, 0)
  return `${tested}; ${count === 0 ? 'nothing was found wrong in it' : `${count} weakness${count === 1 ? '' : 'es'} or bad habits were found in it`}:`
}
