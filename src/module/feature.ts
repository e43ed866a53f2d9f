import type { Language } from '../records/language.ts'
import type { SyntaxNode } from '../syntax/tree.ts'
import { hashText, mix } from './hash.ts'
import { type NormalNode, normalTree } from './normal-tree.ts'
import type { Scope } from './scope.ts'

/** What a program has, as numbers that name it; how often does not matter. `structure` maps each to its weight. */
export interface Features {
  structure: Map<number, number>
  /** Of the names that callers give their arguments by: the outermost functions' parameters. */
  parameters: Set<number>
}

// Looked for on the halves of the pools in ../shared/data: docs/benchmarks.md, "Sub-modules".
const weights = { word: 4, constant: 3, node: 1, subtrees: [1.7, 1.7, 0.7], words3: 1, path: 1 }

export function featuresOf(language: Language, text: string, root: SyntaxNode): Features {
  const { nodes, scopes } = normalTree(language, text, root)
  const structure = new Map<number, number>()
  const add = (kind: string, hash: number, weight: number) => structure.set(mix(hashText(kind), hash), weight)
  for (const [i, hashes] of subtrees(nodes, weights.subtrees.length).entries()) for (const hash of hashes) add(`subtree ${i}`, hash, weights.subtrees[i]!)
  for (const hash of wordTriples(nodes)) add('words', hash, weights.words3)
  for (const hash of variablePaths(nodes)) add('path', hash, weights.path)
  for (const { label, word, local, leaf } of nodes) {
    // Operators and constants: programs of one shape do different things by them.
    add('node', label, leaf && word === undefined && local === undefined ? weights.constant : weights.node)
    for (const part of word === undefined ? [] : subWords(word)) add('word', hashText(part), weights.word)
  }
  return { structure, parameters: parameterFeatures(scopes) }
}

/** Hashes of each node with what is below it, one level deep, two levels, ... (Weisfeiler-Lehman relabelling of a rooted tree). */
function subtrees(nodes: readonly NormalNode[], depth: number): number[][] {
  const levels: number[][] = []
  let below = nodes.map(({ label }) => label)
  for (let level = 0; level < depth; level++) {
    const hashes = nodes.map(() => level)
    for (let i = 1; i < nodes.length; i++) {
      const { parent } = nodes[i]!
      hashes[parent] = mix(hashes[parent]!, below[i]!)
    }
    below = hashes.map((hash, i) => mix(nodes[i]!.label, hash))
    levels.push(below)
  }
  return levels
}

function wordTriples(nodes: readonly NormalNode[]): number[] {
  let [first, second] = [0, 0]
  return nodes.flatMap(({ leaf, label }) => {
    if (!leaf) return []
    const triple = mix(mix(first, second), label)
    first = second
    second = label
    return [triple]
  })
}

/** For each local the way from one place where it stands to the next, each by its two ancestors. */
function variablePaths(nodes: readonly NormalNode[]): number[] {
  const places = new Map<string, number>()
  return nodes.flatMap(({ local, parent }) => {
    if (local === undefined) return []
    const above = nodes[parent]!
    const place = mix(above.label, nodes[above.parent]!.label)
    const path = mix(places.get(local) ?? 0, place)
    places.set(local, place)
    return [path]
  })
}

function parameterFeatures(scopes: readonly Scope[]): Set<number> {
  const features = new Set<number>()
  for (const { parameters } of scopes.filter(({ outer }) => outer === undefined)) {
    for (const name of parameters) for (const part of [` ${name}`, ...subWords(name)]) features.add(hashText(part))
    if (parameters.length > 0) features.add(hashText(parameters.join(' ')))
  }
  return features
}

function subWords(word: string): string[] {
  return word.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().match(/\p{L}+|\d+/gu) ?? []
}
