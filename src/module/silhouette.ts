import { type Partition, type Points, squaredDistance } from './k-means.ts'

/** The mean silhouette (Rousseeuw 1987), -1 to 1: how much nearer points are to their own cluster than to the next; alone in a cluster counts 0. */
export function silhouette(points: Points, { assignment, centroids }: Pick<Partition, 'assignment' | 'centroids'>): number {
  const sizes = new Int32Array(centroids.count)
  for (const cluster of assignment) sizes[cluster]!++
  let sum = 0
  for (let row = 0; row < points.count; row++) sum += widthOf(points, row, { assignment, sizes })
  return sum / Math.max(1, points.count)
}

interface Sizes {
  assignment: Int32Array
  sizes: Int32Array
}

function widthOf(points: Points, row: number, { assignment, sizes }: Sizes): number {
  const sums = new Float64Array(sizes.length)
  for (let other = 0; other < points.count; other++) sums[assignment[other]!]! += Math.sqrt(squaredDistance(points, row, { to: points, row: other }))
  const own = assignment[row]!
  if (sizes[own]! < 2) return 0
  const inside = sums[own]! / (sizes[own]! - 1)
  let outside = Infinity
  for (let c = 0; c < sizes.length; c++) if (c !== own && sizes[c]! > 0) outside = Math.min(outside, sums[c]! / sizes[c]!)
  const largest = Math.max(inside, outside)
  return outside === Infinity || largest === 0 ? 0 : (outside - inside) / largest
}
