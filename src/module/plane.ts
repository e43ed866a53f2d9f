const rounds = 60

/**
 * Vectors as points of a plane, seen from where they differ most (the first two principal components, by power iteration). For drawings alone. The same
 * vectors give the same points.
 */
export function placeInPlane(vectors: readonly (readonly number[])[]): [number, number][] {
  const dimensions = vectors[0]?.length ?? 0
  const mean = Array.from({ length: dimensions }, (_, d) => vectors.reduce((sum, vector) => sum + vector[d]!, 0) / Math.max(1, vectors.length))
  const centred = vectors.map((vector) => vector.map((value, d) => value - mean[d]!))
  const first = mainDirection(centred)
  const rest = centred.map((vector) => minus(vector, first))
  const second = mainDirection(rest)
  return centred.map((vector, i) => [rounded(product(vector, first)), rounded(product(rest[i]!, second))])
}

function mainDirection(vectors: readonly (readonly number[])[]): number[] {
  let direction = (vectors[0] ?? []).map((_, d) => 1 / (d + 2))
  for (let round = 0; round < rounds; round++) {
    const next = direction.map(() => 0)
    for (const vector of vectors) {
      const share = product(vector, direction)
      for (let d = 0; d < next.length; d++) next[d]! += share * vector[d]!
    }
    const length = Math.sqrt(product(next, next))
    // All vectors are the same: no direction is better than another.
    if (length < 1e-12) return direction.map(() => 0)
    direction = next.map((value) => value / length)
  }
  return direction
}

function minus(vector: readonly number[], direction: readonly number[]): number[] {
  const share = product(vector, direction)
  return vector.map((value, d) => value - share * direction[d]!)
}

function product(one: readonly number[], other: readonly number[]): number {
  let sum = 0
  for (let d = 0; d < one.length; d++) sum += one[d]! * other[d]!
  return sum
}

// Machines may differ in the last digits.
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4 || 0
}
