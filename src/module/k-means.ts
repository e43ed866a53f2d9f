/** Points and the middles of their clusters, as rows of one array. */
export interface Points {
  values: Float64Array
  /** The squared length of each. */
  squares: Float64Array
  count: number
  dimensions: number
}

export interface Partition {
  /** For each point the position of its cluster. */
  assignment: Int32Array
  centroids: Points
  /** Sum of the squared distances of the points to the middle of their cluster. */
  inertia: number
}

export interface KMeansOptions {
  k: number
  seed: number
  /** How often it starts anew; the best one is kept. */
  restarts?: number
}

// Restarts look for the best start, roughly and on a part of many points; all points refine it.
const sampleSize = 1500
// Rounding makes no two points of it.
const same = 1e-10
const mostRounds = 100
const leastGain = { restart: 3e-4, refined: 1e-6 }

/**
 * k-means with the seeding of k-means++ (Arthur and Vassilvitskii 2007), Euclidean. Fewer clusters than asked for where there are fewer distinct
 * points. The same points, in the same order, and the same seed give the same partition on every machine.
 */
export function kMeans(points: Points, { k, seed, restarts = Math.max(6, k) }: KMeansOptions): Partition {
  const random = randomFrom(seed)
  const sample = points.count > sampleSize ? rowsOf(points, pickRows(points.count, random)) : points
  let best: Partition | undefined
  for (let i = 0; i < restarts; i++) {
    const found = refine(sample, plusPlus(sample, k, random), leastGain.restart)
    if (best === undefined || found.inertia < best.inertia) best = found
  }
  return refine(points, best!.centroids, leastGain.refined)
}

/**
 * Each next centre is a point, drawn by its squared distance to the nearest centre so far; of several drawn the one that leaves least, as the paper's authors
 * advise. None is left where all distances are 0.
 */
function plusPlus(points: Points, k: number, random: () => number): Points {
  const chosen = [Math.floor(random() * points.count)]
  let left = distancesWith(points, chosen[0]!, new Float64Array(points.count).fill(Infinity))
  const draws = 2 + Math.floor(Math.log(k))
  while (chosen.length < k && left.total > 0) {
    let best: { row: number; left: Left } | undefined
    for (let i = 0; i < draws; i++) {
      const row = drawn(left, random)
      const after = distancesWith(points, row, left.distances)
      if (best === undefined || after.total < best.left.total) best = { row, left: after }
    }
    chosen.push(best!.row)
    left = best!.left
  }
  return rowsOf(points, chosen)
}

/** For each point the squared distance to the nearest centre. */
interface Left {
  distances: Float64Array
  total: number
}

function distancesWith(points: Points, centre: number, before: Float64Array): Left {
  const distances = new Float64Array(points.count)
  let total = 0
  for (let i = 0; i < points.count; i++) {
    const distance = Math.min(before[i]!, squaredDistance(points, i, { to: points, row: centre }))
    if (distance > same) total += distances[i] = distance
  }
  return { distances, total }
}

function drawn({ distances, total }: Left, random: () => number): number {
  let rest = random() * total
  let last = 0
  for (let i = 0; i < distances.length && (rest > 0 || distances[last] === 0); i++) {
    if (distances[i] === 0) continue
    last = i
    rest -= distances[i]!
  }
  return last
}

/**
 * Lloyd's rounds from a start until one gains less than this share. No cluster is left empty where there are points enough. Most points are known to stay where they
 * are without a look at every middle, by how far the middles moved (Hamerly 2010, "Making k-means even faster").
 */
export function refine(points: Points, start: Points, gain: number): Partition {
  const { count } = points
  const state: Assigned = { assignment: new Int32Array(count), furthest: new Float64Array(count).fill(Infinity), others: new Float64Array(count) }
  const all = points.squares.reduce((sum, square) => sum + square, 0)
  let centroids = start
  let inertia = Infinity
  for (let round = 0; round < mostRounds; round++) {
    assign(points, centroids, state)
    repairEmpty(points, centroids, state)
    const moved = middles(points, state.assignment, centroids.count)
    const now = all - heldBy(moved, state.assignment)
    const done = inertia - now <= gain * now
    inertia = now
    loosen(state, moves(centroids, moved))
    centroids = moved
    if (done) break
  }
  return { assignment: state.assignment, centroids, inertia: assignedInertia(points, centroids, state.assignment) }
}

interface Assigned {
  assignment: Int32Array
  /** For each point: at most so far from the middle of its cluster, and at least so far from every other. */
  furthest: Float64Array
  others: Float64Array
}

function assign(points: Points, centroids: Points, { assignment, furthest, others }: Assigned): void {
  const halfWay = Float64Array.from({ length: centroids.count }, (_, c) => nearestOther(centroids, c) / 2)
  for (let i = 0; i < points.count; i++) {
    const safe = Math.max(others[i]!, halfWay[assignment[i]!]!) - same
    if (furthest[i]! < safe) continue
    furthest[i] = Math.sqrt(squaredDistance(points, i, { to: centroids, row: assignment[i]! }))
    if (furthest[i]! < safe) continue
    let [nearest, next] = [Infinity, Infinity]
    for (let c = 0; c < centroids.count; c++) {
      const distance = squaredDistance(points, i, { to: centroids, row: c })
      if (distance < nearest) {
        next = nearest
        nearest = distance
        assignment[i] = c
      } else if (distance < next) next = distance
    }
    furthest[i] = Math.sqrt(nearest)
    others[i] = Math.sqrt(next)
  }
}

function nearestOther(centroids: Points, row: number): number {
  let nearest = Infinity
  for (let other = 0; other < centroids.count; other++) if (other !== row) nearest = Math.min(nearest, squaredDistance(centroids, row, { to: centroids, row: other }))
  return Math.sqrt(nearest)
}

function moves(from: Points, to: Points): number[] {
  return Array.from({ length: from.count }, (_, row) => Math.sqrt(squaredDistance(from, row, { to, row })) + same)
}

/** What is known of the distances after the middles moved. */
function loosen({ assignment, furthest, others }: Assigned, moves: readonly number[]): void {
  const most = Math.max(...moves)
  for (let i = 0; i < assignment.length; i++) {
    furthest[i]! += moves[assignment[i]!]!
    others[i]! -= most
  }
}

// The squared distances to the mean are the squared lengths less the mean's, as often as there are points.
function heldBy(centroids: Points, assignment: Int32Array): number {
  let held = 0
  for (const cluster of assignment) held += centroids.squares[cluster]!
  return held
}

/** A cluster that lost its points takes the point that is furthest from the middle of its own and not alone there. */
function repairEmpty(points: Points, centroids: Points, { assignment, furthest, others }: Assigned): void {
  const sizes = new Int32Array(centroids.count)
  for (const cluster of assignment) sizes[cluster]!++
  for (let c = 0; c < centroids.count; c++) {
    if (sizes[c]! > 0) continue
    let found = -1
    let distance = -1
    for (let i = 0; i < points.count; i++) {
      if (sizes[assignment[i]!]! < 2) continue
      const own = squaredDistance(points, i, { to: centroids, row: assignment[i]! })
      if (own > distance) [found, distance] = [i, own]
    }
    if (found === -1) continue
    sizes[assignment[found]!]!--
    sizes[c] = 1
    assignment[found] = c
    furthest[found] = Infinity
    others[found] = 0
  }
}

function middles(points: Points, assignment: Int32Array, count: number): Points {
  const { dimensions, values } = points
  const sums = new Float64Array(count * dimensions)
  const sizes = new Int32Array(count)
  for (let i = 0; i < points.count; i++) {
    const to = assignment[i]! * dimensions
    const from = i * dimensions
    sizes[assignment[i]!]!++
    for (let d = 0; d < dimensions; d++) sums[to + d]! += values[from + d]!
  }
  for (let i = 0; i < sums.length; i++) sums[i]! /= Math.max(1, sizes[Math.floor(i / dimensions)]!)
  return measured({ values: sums, count, dimensions })
}

function assignedInertia(points: Points, centroids: Points, assignment: Int32Array): number {
  let inertia = 0
  for (let i = 0; i < points.count; i++) inertia += squaredDistance(points, i, { to: centroids, row: assignment[i]! })
  return inertia
}

export function squaredDistance(points: Points, row: number, { to, row: other }: Row): number {
  return Math.max(0, points.squares[row]! - 2 * product(points, row, { to, row: other }) + to.squares[other]!)
}

interface Row {
  to: Points
  row: number
}

function product({ values, dimensions }: Unmeasured, row: number, other: { to: Unmeasured; row: number }): number {
  const others = other.to.values
  const from = row * dimensions
  const to = other.row * dimensions
  // Four sums at once: each waits for its own last addition.
  let a = 0
  let b = 0
  let c = 0
  let e = 0
  let d = 0
  for (; d + 3 < dimensions; d += 4) {
    a += values[from + d]! * others[to + d]!
    b += values[from + d + 1]! * others[to + d + 1]!
    c += values[from + d + 2]! * others[to + d + 2]!
    e += values[from + d + 3]! * others[to + d + 3]!
  }
  for (; d < dimensions; d++) a += values[from + d]! * others[to + d]!
  return a + b + c + e
}

type Unmeasured = Omit<Points, 'squares'>

function measured(points: Unmeasured): Points {
  return { ...points, squares: Float64Array.from({ length: points.count }, (_, row) => product(points, row, { to: points, row })) }
}

export function pointsOf(vectors: readonly (readonly number[])[]): Points {
  const dimensions = vectors[0]?.length ?? 0
  const values = new Float64Array(vectors.length * dimensions)
  // Number by number: an array that is set as a whole is copied by the slow way of the runtime.
  for (const [i, vector] of vectors.entries()) for (let d = 0; d < dimensions; d++) values[i * dimensions + d] = vector[d]!
  return measured({ values, count: vectors.length, dimensions })
}

export function rowsOf({ values, dimensions }: Points, rows: readonly number[]): Points {
  const chosen = new Float64Array(rows.length * dimensions)
  for (const [i, row] of rows.entries()) chosen.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions)
  return measured({ values: chosen, count: rows.length, dimensions })
}

// One of each of as many equal stretches.
function pickRows(count: number, random: () => number): number[] {
  return Array.from({ length: sampleSize }, (_, i) => Math.floor(((i + random()) * count) / sampleSize))
}

/** mulberry32: at least 0, less than 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
