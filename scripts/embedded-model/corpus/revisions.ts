import { askedOf, cutFunction } from '../../../src/critique/one-function.ts'
import { joined, thirdPerson } from './compose.ts'
import type { Confirmed } from './confirm.ts'
import { headerLines, type Told, toldFlaws } from './finding-line.ts'
import { type CorpusLanguage, type Names, namesFor, type Split } from './names.ts'
import { callOf, phrased, phrasesOf } from './phrase.ts'
import { bodyText, type Label, programText, repairOf } from './program.ts'
import type { Random } from './random.ts'
import type { Shelf } from './stock.ts'

/** A program with flaws, and for some of them what tells it and the program in which that one alone is gone. */
export interface Revisable {
  /** Where it solves more than one task. */
  instruction?: string
  program: string
  revisions: { finding: string; fixed: string; shelf: Shelf; names: Names }[]
}

/** How many ways to repair a flaw are looked for, until one is a program of the shelf. */
const repairs = 24

export interface RevisionOptions {
  random: Random
  /** How often a weakness is taken rather than a mistake, where there are both. */
  weakShare: number
  /** For training: takes no flaw beside which the program has another of the same kind, since a finding would not tell them apart, and any repair that training may show. */
  certain?: boolean
}

/** One function with a flaw that a tool tells. Undefined where none of the shelf's programs has one. */
export function revisable(shelf: Shelf, names: Names, options: RevisionOptions): Revisable | undefined {
  const flawed = flawedOf(shelf, names, options)
  if (flawed === undefined) return undefined
  const { program, told, repaired } = flawed
  const revision = { finding: told.finding(headerLines(program, names) + 1), fixed: programText(repaired, names), shelf, names }
  return { program: programText(program, names), revisions: [revision] }
}

/** Two flawed functions in one file: a finding about one of them leaves the other as it is. */
export function revisablePair(first: Shelf, second: Shelf, { split, strange = false, ...options }: RevisionOptions & { split: Split; strange?: boolean }): Required<Revisable> | undefined {
  const { random } = options
  const { language } = first
  const parts = [first, second].map((shelf) => {
    const names = namesFor(shelf.family, { language, split, random, strange })
    return { shelf, names, flawed: flawedOf(shelf, names, options) }
  })
  if (new Set(parts.map(({ names }) => names['f'])).size < parts.length) return undefined
  const bodies = parts.map(({ flawed, names }) => (flawed === undefined ? '' : bodyText(flawed.program, names)))
  const program = joined(bodies, language)
  const revisions = parts.flatMap(({ shelf, names, flawed }, index) => {
    if (flawed === undefined) return []
    const start = program.slice(0, program.indexOf((bodies[index] ?? '').trimEnd())).split('\n').length
    const fixed = joined(bodies.with(index, bodyText(flawed.repaired, names)), language)
    return [{ finding: flawed.told.finding(start), fixed, shelf, names }]
  })
  if (revisions.length < parts.length) return undefined
  const said = parts.map(({ shelf: { family }, names }) => `${callOf(family, names)} that ${phrased(random.pick(phrasesOf(family, split)), names, { language, split, random })}`)
  return { instruction: `Write ${thirdPerson(said.join(', and '))}.`, program, revisions }
}

/** One of two functions as `indict` shows it: with the imports of both, its own line and what is asked of it. Needs `loadSyntax()` before. Undefined where no line is told. */
export function alone(language: CorpusLanguage, { instruction, program }: Required<Revisable>, revision: Revisable['revisions'][number]): Revisable | undefined {
  const line = Number(/ on line (\d+)/.exec(revision.finding)?.[1])
  const cut = cutFunction(language, program, line)
  const fixed = cut && cutFunction(language, revision.fixed, lineOf(revision.fixed, cut.name))
  if (cut === undefined || fixed === undefined) return undefined
  const finding = revision.finding.replace(`on line ${line}`, `on line ${cut.line}`)
  return { instruction: askedOf(instruction, cut.name), program: `${cut.code}\n`, revisions: [{ ...revision, finding, fixed: `${fixed.code}\n` }] }
}

/** Where a function begins, counted from 1. */
function lineOf(program: string, name: string): number {
  return program.split('\n').findIndex((line) => new RegExp(String.raw`\b(?:def|function) ${name}\(`).test(line)) + 1
}

function flawedOf(shelf: Shelf, names: Names, { random, weakShare, certain = false }: RevisionOptions): { program: Confirmed; told: Told; repaired: Confirmed } | undefined {
  const kind: Label = shelf.byLabel.weak.length > 0 && random.chance(weakShare) ? 'weak' : 'wrong'
  if (shelf.byLabel[kind].length === 0) return undefined
  const program = random.pick(shelf.byLabel[kind])
  const { flaws } = program.derivation
  const tellable = toldFlaws(program, names).filter(({ flaw }) => !certain || flaws.filter(({ cwe }) => cwe === flaw.cwe).length === 1)
  if (tellable.length === 0) return undefined
  const told = random.pick(tellable)
  for (let attempt = 0; attempt < (certain ? repairs : 1); attempt += 1) {
    const repaired = shelf.byId.get(repairOf(program, told.flaw.part, attempt).id)
    if (repaired !== undefined) return { program, told, repaired }
  }
  return undefined
}
