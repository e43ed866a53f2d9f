import type { Cluster } from '../records/behavior.ts'
import type { Digest } from '../records/digest.ts'
import type { Module } from '../records/module.ts'
import type { ModuleCluster } from './cluster.ts'

/** Programs whose modules may represent a cluster, and why they may. */
export interface Trusted {
  basis: 'public-tests' | 'behavior' | 'none-passed'
  candidates: ReadonlySet<Digest>
}

/**
 * Those that pass every public test, or all where none does (CodeChain §3.1 and §3.2). Without tests those of the largest behaviour cluster that returns
 * anything: `clusters` are in the order of `cluster`, largest first.
 */
export function trustedCandidates({ all, passed, clusters }: { all: readonly Digest[]; passed: readonly Digest[] | undefined; clusters: readonly Cluster[] }): Trusted {
  if (passed === undefined) return { basis: 'behavior', candidates: new Set(clusters.find(({ returned }) => returned > 0)?.members) }
  return passed.length > 0 ? { basis: 'public-tests', candidates: new Set(passed) } : { basis: 'none-passed', candidates: new Set(all) }
}

/** For each cluster the positions of those of its modules that may represent it, the one nearest to its middle first: real modules of trusted programs. */
export function representable(modules: readonly Module[], clusters: readonly ModuleCluster[], { candidates }: Pick<Trusted, 'candidates'>): number[][] {
  return clusters.map(({ members }) => members.filter((position) => candidates.has(modules[position]!.candidate) && standsAlone(modules[position]!)))
}

/** What is inside of something else may need what is around it. */
export function standsAlone({ within }: Pick<Module, 'within'>): boolean {
  return within.length === 0
}
