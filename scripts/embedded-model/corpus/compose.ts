import type { Confirmed } from './confirm.ts'
import type { Shape } from './family.ts'
import { importsOf } from './imports.ts'
import { type CorpusLanguage, type Names, namesFor, type Split } from './names.ts'
import { callOf, frame, phrased, phrasesOf } from './phrase.ts'
import { bodyText } from './program.ts'
import type { Random } from './random.ts'
import type { Shelf } from './stock.ts'

/** A task that two families solve one after the other, in functions of their own, and the program's parts. */
export interface Composite {
  instruction: string
  entryPoint: string
  /** What the first of them takes. */
  takes: Shape
  /** One line for each function, the entry point last. */
  outline: string
  modules: string[]
  entry: string
  /** What else may be offered where sub-modules are: another program of a stage, which the whole does without, and the entry point. */
  besides: string[]
}

/** Bodies joined under the imports that all of them need. */
export function joined(bodies: readonly string[], language: CorpusLanguage): string {
  const whole = bodies.map((body) => body.trimEnd()).join(language === 'python' ? '\n\n\n' : '\n\n')
  const imports = importsOf(whole, language)
  return `${imports.length === 0 ? '' : `${imports.join('\n')}\n\n`}${whole}\n`
}

/** The share of composites that have a third stage, where one follows. */
const thirdShare = 0.3

interface CompositeOptions {
  language: CorpusLanguage
  split: Split
  random: Random
  /** Of which split the names are, where it is another one than that of the sentences. */
  named?: Split
  /** Whether sentences may have words too few or too many, as those of training have. */
  noisy?: boolean
  /** Whether parameters and locals are called as nothing else is. */
  strange?: boolean
}

/** Two or three stages, of shelves of one language, each of which takes what the one before gives. Undefined where no such chain is there. */
export function composite(shelves: readonly Shelf[], { language, split, random, named = split, noisy = true, strange = false }: CompositeOptions): Composite | undefined {
  const parts = chainOf(shelves, random).map((shelf): Part => ({ shelf, program: random.pick(shelf.byLabel.sound), names: namesFor(shelf.family, { language, split: named, random, strange }) }))
  const called = parts.map(({ names }) => names['f'] ?? '')
  const [first] = parts
  const takes = first?.shelf.family.stage?.takes
  if (first === undefined || takes === undefined || parts.length < 2 || new Set(called).size < parts.length) return undefined
  const said = parts.map(({ shelf: { family }, names }, index) => {
    const phrase = random.pick(phrasesOf(family, split))
    const renamed = index === 0 ? names : { ...names, [Object.keys(family.parameters)[0] ?? '']: 'the result' }
    return { alone: phrased(phrase, names, { language, split, random }), chained: phrased(phrase, renamed, { language, split, random }) }
  })
  const input = parameterOf(first)
  const call = `${joinedName(called, language)}(${input})`
  const nested = called.reduce((inner, name) => `${name}(${inner})`, input)
  const entry = language === 'python' ? `def ${call}:\n    return ${nested}` : `export function ${call.replace(')', `: ${parameterType(first.program, first.names)})`)} {\n  return ${nested}\n}`
  const other = random.pick(parts)
  return {
    instruction: frame(call, `first ${said.map(({ chained }) => chained).join(', and then ')}`, { split, random, noisy }),
    entryPoint: joinedName(called, language),
    takes,
    outline: [...parts.map(({ shelf: { family }, names }, index) => `${callOf(family, names)}: ${imperative(said[index]?.alone ?? '')}`), `${call}: ${called.toReversed().join(' of ')}`].join('\n'),
    modules: parts.map(({ program, names }) => bodyText(program, names).trimEnd()),
    entry,
    besides: [bodyText(random.pick([...other.shelf.byLabel.sound, ...other.shelf.byLabel.wrong]), other.names).trimEnd(), entry],
  }
}

function chainOf(shelves: readonly Shelf[], random: Random): Shelf[] {
  const stages = shelves.filter((shelf) => shelf.family.stage !== undefined && shelf.byLabel.sound.length > 0)
  const chain: Shelf[] = []
  while (chain.length < 2 || (chain.length === 2 && random.chance(thirdShare))) {
    const last = chain.at(-1)
    const following = stages.filter((shelf) => !chain.includes(shelf) && (last === undefined || shelf.family.stage?.takes === last.family.stage?.gives))
    if (following.length === 0) break
    chain.push(random.pick(following))
  }
  return chain
}

interface Part {
  shelf: Shelf
  program: Confirmed
  names: Names
}

export function imperative(said: string): string {
  return said.replaceAll(/\[([^\]/]*)\/([^\]]*)\]/g, '$2')
}

export function thirdPerson(said: string): string {
  return said.replaceAll(/\[([^\]/]*)\/([^\]]*)\]/g, '$1')
}

function parameterOf({ shelf: { family }, names }: Part): string {
  return names[Object.keys(family.parameters)[0] ?? ''] ?? 'value'
}

function joinedName(names: readonly string[], language: CorpusLanguage): string {
  return language === 'python' ? names.join('_then_') : names.map((name, index) => (index === 0 ? name : `Then${name.charAt(0).toUpperCase()}${name.slice(1)}`)).join('')
}

/** How the first function declares its parameter. */
function parameterType(program: Confirmed, names: Names): string {
  return /\(\w+: ([^)]+?)\)(?::| \{| =>)/.exec(bodyText(program, names))?.[1] ?? 'unknown'
}
