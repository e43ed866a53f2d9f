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

/** For each cluster the real module of a trusted program that is nearest to its middle; undefined where it has none. */
export function represent(modules: readonly Module[], clusters: readonly ModuleCluster[], { candidates }: Pick<Trusted, 'candidates'>): (Module | undefined)[] {
  return clusters.map(({ members }) => {
    const nearest = members.find((position) => candidates.has(modules[position]!.candidate))
    return nearest === undefined ? undefined : modules[nearest]
  })
}
