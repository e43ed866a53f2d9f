import type { Family } from './family.ts'
import { heldOutNames } from './names.ts'
import { frames, phrasesOf } from './phrase.ts'
import { heldOutImplementation, type Skeleton } from './program.ts'
import { hashOf } from './random.ts'

/** All that training never sees, to be read by people. */
export function heldOutList(families: readonly Family[], heldOutFamilies: ReadonlySet<string>, programs: readonly Skeleton[]) {
  return {
    families: [...heldOutFamilies],
    frames: frames['held-out'],
    phrases: Object.fromEntries(families.map((family) => [family.name, [...phrasesOf(family, 'held-out'), ...(family.careful?.slice(-1) ?? [])]])),
    names: families.flatMap(({ verbs, nouns }) => verbs.flatMap((verb) => nouns.map((noun) => `${verb}_${noun}`))).filter((name, index, all) => heldOutNames(name) && all.indexOf(name) === index).sort(),
    implementations: programs.filter(heldOutImplementation).map(({ id, family, language }) => `${family.name}/${language}/${hashOf(id).toString(16).padStart(8, '0')}`),
  }
}
