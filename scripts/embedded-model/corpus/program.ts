import type { Family } from './family.ts'
import { type Derivation, derive, type Flaw, randomChooser, repairing } from './grammar.ts'
import { withImports } from './imports.ts'
import { type CorpusLanguage, fillNames, type Names } from './names.ts'
import { hashOf, heldOut, Random } from './random.ts'

export type Label = 'sound' | 'weak' | 'wrong'

/** A program without names: one expansion of a family's grammar. */
export interface Skeleton {
  family: Family
  language: CorpusLanguage
  derivation: Derivation
  label: Label
  /** The same for the same text. */
  id: string
}

/** How many programs of one family and language are confirmed, at most. */
const most = 72
const tries = 700
/** The share of implementations that training never sees. */
const heldOutShare = 0.4

/** Distinct programs of a family, sound and flawed, and for each flawed one what repairs one of its flaws. */
export function skeletonsOf(family: Family, language: CorpusLanguage): Skeleton[] {
  const random = new Random(7)
  const found = new Map<string, Skeleton>()
  const add = (derivation: Derivation) => {
    const skeleton = skeletonFrom(family, language, derivation)
    found.set(skeleton.id, skeleton)
  }
  for (let attempt = 0; attempt < tries && found.size < most; attempt += 1) {
    const derivation = derive(family[language].grammar, randomChooser(random, { flawed: attempt % 3 === 0 ? 0 : 0.5, most: 2 }))
    add(derivation)
    for (const { part } of derivation.flaws) add(repaired(family, language, derivation, part))
  }
  return [...found.values()]
}

/** What repairs one flaw of a program, always the same for the same program, flaw and attempt. */
export function repairOf({ family, language, derivation }: Skeleton, part: string, attempt = 0): Skeleton {
  return skeletonFrom(family, language, repaired(family, language, derivation, part, attempt))
}

export function heldOutImplementation({ id }: Skeleton): boolean {
  return heldOut(id, heldOutShare)
}

/** The program with names, its imports, and perhaps a first line that says what it does. */
export function programText({ derivation, language }: Pick<Skeleton, 'derivation' | 'language'>, names: Names, documentation?: string): string {
  return withImports(bodyText({ derivation, language }, names, documentation), language)
}

/** The same without its imports. */
export function bodyText({ derivation, language }: Pick<Skeleton, 'derivation' | 'language'>, names: Names, documentation?: string): string {
  const line = documentation === undefined ? undefined : language === 'python' ? `"""${documentation}"""` : `// ${documentation}`
  const text = derivation.text.replaceAll(/^(\s*)<doc>\n/gm, (_, indentation: string) => (line === undefined ? '' : `${indentation}${line}\n`))
  return fillNames(text, names)
}

function repaired(family: Family, language: CorpusLanguage, derivation: Derivation, part: string, attempt = 0): Derivation {
  const random = new Random(hashOf(derivation.text) + attempt)
  return derive(family[language].grammar, repairing(derivation, part, random))
}

function skeletonFrom(family: Family, language: CorpusLanguage, derivation: Derivation): Skeleton {
  return { family, language, derivation, label: labelOf(derivation.flaws), id: `${family.name}/${language}/${derivation.text}` }
}

function labelOf(flaws: readonly Flaw[]): Label {
  if (flaws.some(({ kind }) => kind === 'wrong')) return 'wrong'
  return flaws.length > 0 ? 'weak' : 'sound'
}
