import type { Embedder } from '../ports.ts'
import type { Embedded } from '../records/sample.ts'
import { loadSyntax, parse } from '../syntax/tree.ts'
import { type Features, featuresOf } from './feature.ts'
import { mix } from './hash.ts'
import { toUnitLength } from './vector.ts'

/** Numbers in a vector: those for the structure first, then those for the names of parameters. Fewer blur what is near: docs/benchmarks.md, "Sub-modules". */
export const structuralDimensions = 1024
const parameterDimensions = 256
// Of the squared length. Within a task all programs have much the same parameters, so this moves none of them nearer to another.
const parameterShare = 0.3

/**
 * Embeds without any weights: what a program is made of (subtrees, words of its names, triples of tokens, paths along its variables), weighed by how few
 * of the programs of the call have it, and hashed. Names of locals, comments and formatting make no difference; those of the outermost functions'
 * parameters are their interface and do. Vectors of different calls are not comparable.
 */
export const structural: Embedder = {
  driver: 'structural',
  embed: async (programs) => {
    await loadSyntax()
    const features: Features[] = []
    for (const { language, code } of programs) {
      const parsed = parse(language, code)
      if (parsed.kind === 'too-large') return { kind: 'unavailable', reason: `a program is too large to be parsed: more than ${parsed.limit} (${parsed.bound})` }
      features.push(featuresOf(language, code, parsed.root))
    }
    return vectorsOf(features)
  },
}

function vectorsOf(features: readonly Features[]): Embedded {
  const structures = frequencies(features.map(({ structure }) => structure.keys()))
  const parameters = frequencies(features.map((feature) => feature.parameters.keys()))
  const rarity = (count: number) => Math.log(1 + features.length / count)
  const vectors = features.map((feature) => {
    const structure = zeros(structuralDimensions - parameterDimensions)
    for (const [hash, weight] of feature.structure) project(structure, hash, weight * rarity(structures.get(hash)!))
    const names = zeros(parameterDimensions)
    for (const hash of feature.parameters) project(names, hash, rarity(parameters.get(hash)!))
    return toUnitLength([...toUnitLength(structure, Math.sqrt(1 - parameterShare)), ...toUnitLength(names, Math.sqrt(parameterShare))])
  })
  return { kind: 'embedded', vectors }
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0)
}

function frequencies(sets: readonly Iterable<number>[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const set of sets) for (const feature of set) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return counts
}

// Weinberger et al. 2009 (arXiv:0902.2206): a sign of its own for each feature keeps collisions from adding up.
function project(vector: number[], feature: number, weight: number): void {
  const hash = mix(feature, 0x5bd1e995) >>> 0
  vector[hash % vector.length]! += hash >>> 31 === 0 ? weight : -weight
}
