import type { ModuleCluster } from '../module/cluster.ts'
import type { KeptModule } from '../records/kept-module.ts'
import type { Module } from '../records/module.ts'

// Squared distance of vectors of length 1: what lies further away has hardly anything in common.
const nearEnough = 1.3

interface Near {
  library: readonly KeptModule[]
  /** Of the library's modules, placed together with those of the clusters. */
  vectors: readonly (readonly number[])[]
  clusters: readonly ModuleCluster[]
  own: readonly Module[]
  count: number
}

/** Modules from other tasks that lie nearest to the middle of a cluster, the nearest first; none that the programs have themselves. */
export function keptNear({ library, vectors, clusters, own, count }: Near): KeptModule[] {
  const known = new Set(own.map(({ digest }) => digest))
  return library
    .map((module, i) => ({ module, distance: Math.min(...clusters.map(({ centroid }) => squaredDistance(vectors[i]!, centroid))) }))
    .filter(({ module, distance }) => distance <= nearEnough && !known.has(module.digest))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ module }) => module)
}

function squaredDistance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, d) => sum + (value - other[d]!) ** 2, 0)
}
