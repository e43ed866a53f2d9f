import type { Program } from './quality.ts'

/**
 * The baseline: for each program the cosine with every other by their runs of three tokens, each weighed by 1 + log of its count and by its rarity. Not hashed,
 * so that nothing is lost by it.
 */
export function byTokenTriples(programs: readonly Program[]): (row: number) => Float64Array {
  const counted = programs.map(({ words }) => triplesOf(words.split(' ')))
  const postings = new Map<string, { row: number; weight: number }[]>()
  for (const [row, triples] of counted.entries()) {
    for (const [triple, count] of triples) {
      const known = postings.get(triple) ?? []
      if (known.length === 0) postings.set(triple, known)
      known.push({ row, weight: 1 + Math.log(count) })
    }
  }
  const squares = new Float64Array(programs.length)
  for (const found of postings.values()) {
    const rarity = Math.log(1 + programs.length / found.length)
    for (const posting of found) squares[posting.row]! += (posting.weight *= rarity) ** 2
  }
  return (row) => {
    const likeness = new Float64Array(programs.length)
    for (const triple of counted[row]!.keys()) {
      const found = postings.get(triple)!
      const own = found.find((posting) => posting.row === row)!.weight
      for (const { row: other, weight } of found) likeness[other]! += own * weight
    }
    return likeness.map((sum, other) => sum / (Math.sqrt(squares[row]! * squares[other]!) || 1))
  }
}

function triplesOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i + 2 < words.length; i++) {
    const triple = words.slice(i, i + 3).join(' ')
    counts.set(triple, (counts.get(triple) ?? 0) + 1)
  }
  return counts
}
