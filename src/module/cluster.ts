import { kMeans, type KMeansOptions, type Partition, type Points, pointsOf, rowsOf, squaredDistance } from './k-means.ts'
import { silhouette } from './silhouette.ts'

export interface ClusterOptions extends Omit<KMeansOptions, 'k'> {
  /** How many clusters, at most; or as many as have the best mean silhouette. */
  k: number | 'silhouette'
}

/** Modules that are alike. */
export interface ModuleCluster {
  /** Positions, the one nearest to the middle first; equally near ones in their order. */
  members: number[]
  centroid: number[]
}

export interface Clustering {
  /** The largest first; of equal ones the one with the first module. */
  clusters: ModuleCluster[]
  /** Sum of the squared distances of the modules to the middle of their cluster. */
  inertia: number
}

// More kinds of module than this are not worth a prompt; and this many points show how many there are.
const mostBySilhouette = 10
const silhouettePoints = 300

/** Groups vectors of length 1 by k-means (CodeChain §3.2). Never more clusters than distinct vectors. Pure: the same input gives the same clusters. */
export function clusterVectors(vectors: readonly (readonly number[])[], { k, ...options }: ClusterOptions): Clustering {
  if (vectors.length === 0) return { clusters: [], inertia: 0 }
  const points = pointsOf(vectors)
  const partition = kMeans(points, { ...options, k: k === 'silhouette' ? bestCount(points, options) : Math.max(1, k) })
  return { clusters: clustersOf(points, partition), inertia: partition.inertia }
}

function bestCount(points: Points, options: Omit<KMeansOptions, 'k'>): number {
  const step = Math.max(1, points.count / silhouettePoints)
  const sample = rowsOf(points, Array.from({ length: Math.min(points.count, silhouettePoints) }, (_, i) => Math.floor(i * step)))
  let best = 1
  let widest = 0
  for (let k = 2; k <= Math.min(mostBySilhouette, sample.count - 1); k++) {
    const partition = kMeans(sample, { ...options, k })
    if (partition.centroids.count < k) break
    const width = silhouette(sample, partition)
    if (width > widest) [best, widest] = [k, width]
  }
  return best
}

function clustersOf(points: Points, { assignment, centroids }: Partition): ModuleCluster[] {
  const { dimensions, values } = centroids
  const members = Array.from({ length: centroids.count }, (): number[] => [])
  for (let i = 0; i < points.count; i++) members[assignment[i]!]!.push(i)
  return members
    .map((positions, c) => ({ positions, c }))
    .filter(({ positions }) => positions.length > 0)
    .sort((a, b) => b.positions.length - a.positions.length || a.positions[0]! - b.positions[0]!)
    .map(({ positions, c }) => {
      const distance = new Map(positions.map((i) => [i, squaredDistance(points, i, { to: centroids, row: c })]))
      return { members: positions.sort((a, b) => distance.get(a)! - distance.get(b)! || a - b), centroid: [...values.subarray(c * dimensions, (c + 1) * dimensions)] }
    })
}
