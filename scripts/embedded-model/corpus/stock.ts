import type { Family } from './family.ts'
import { type Confirmed } from './confirm.ts'
import type { CorpusLanguage } from './names.ts'
import { heldOutImplementation, type Label } from './program.ts'

/** Confirmed programs of one family and language, by what they are. */
export interface Shelf {
  family: Family
  language: CorpusLanguage
  byLabel: Readonly<Record<Label, readonly Confirmed[]>>
  /** By identity, for what repairs what. */
  byId: ReadonlyMap<string, Confirmed>
}

/** The programs that a split may show: training only those that are not held out. */
export function shelvesOf(confirmed: readonly Confirmed[], split: 'train' | 'held-out' | 'all'): Shelf[] {
  const groups = new Map<string, Confirmed[]>()
  for (const program of confirmed) {
    if (split !== 'all' && heldOutImplementation(program) !== (split === 'held-out')) continue
    const key = `${program.family.name}/${program.language}`
    groups.set(key, [...(groups.get(key) ?? []), program])
  }
  return [...groups.values()].map(shelfOf)
}

function shelfOf(programs: readonly Confirmed[]): Shelf {
  const [first] = programs
  if (first === undefined) throw new Error('an empty shelf')
  const labelled = (label: Label) => programs.filter((program) => program.label === label)
  return {
    family: first.family,
    language: first.language,
    byLabel: { sound: labelled('sound'), weak: labelled('weak'), wrong: labelled('wrong') },
    byId: new Map(programs.map((program) => [program.id, program])),
  }
}
