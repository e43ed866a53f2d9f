import type { Ecosystem } from './ecosystem.ts'
import { knownPackages } from './known.ts'

// Shorter names are near too many words.
const shortest = 6
const affix = /^(?:python|py|node|js|lib)-|-(?:python|py|node|js|lib)$|(?:js|py|\d)$/

/** Well-known names by what is left of them with a letter taken out, and by themselves. */
const neighbourhoods = new Map<Ecosystem, ReadonlyMap<string, readonly string[]>>()

/** The well-known package that a name is nearly that of: one letter off, or with a word to it that packages are given without need. */
export function lookalikeOf(ecosystem: Ecosystem, name: string): string | undefined {
  const { popular, names } = knownPackages(ecosystem)
  if (name.length < shortest || names.has(name)) return undefined
  const bare = name.replace(affix, '')
  if (bare !== name && bare.length >= shortest && popular.includes(bare)) return bare
  const near = neighbourhoods.get(ecosystem) ?? neighbourhoodsOf(popular)
  neighbourhoods.set(ecosystem, near)
  return [name, ...shortened(name)].flatMap((text) => near.get(text) ?? []).find((other) => isOneOff(name, other))
}

function neighbourhoodsOf(popular: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, string[]>()
  for (const name of popular.filter(({ length }) => length >= shortest)) {
    for (const text of new Set([name, ...shortened(name)])) near.set(text, [...(near.get(text) ?? []), name])
  }
  return near
}

function shortened(name: string): string[] {
  return Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))
}

/** One letter added, left out, changed, or two neighbours exchanged (Damerau). */
function isOneOff(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1 || one === other) return false
  let from = 0
  while (from < short.length && short[from] === long[from]) from++
  if (short.length < long.length) return short.slice(from) === long.slice(from + 1)
  if (short.slice(from + 1) === long.slice(from + 1)) return true
  return short[from] === long[from + 1] && short[from + 1] === long[from] && short.slice(from + 2) === long.slice(from + 2)
}
