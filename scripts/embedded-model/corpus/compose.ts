import type { Confirmed } from './confirm.ts'
import type { Family } from './family.ts'
import { importsOf } from './imports.ts'
import { type CorpusLanguage, type Names, namesFor, type Split } from './names.ts'
import { callOf, frame, phrased, phrasesOf } from './phrase.ts'
import { bodyText } from './program.ts'
import type { Random } from './random.ts'
import type { Shelf } from './stock.ts'

/** A task that two families solve one after the other, in functions of their own, and the program's parts. */
export interface Composite {
  instruction: string
  /** One line for each function, the entry point last. */
  outline: string
  modules: string[]
  entry: string
}

/** Bodies joined under the imports that all of them need. */
export function joined(bodies: readonly string[], language: CorpusLanguage): string {
  const whole = bodies.map((body) => body.trimEnd()).join(language === 'python' ? '\n\n\n' : '\n\n')
  const imports = importsOf(whole, language)
  return `${imports.length === 0 ? '' : `${imports.join('\n')}\n\n`}${whole}\n`
}

/** Two stages, of shelves of one language, of which the second takes what the first gives. Undefined where no such pair is there. */
export function composite(shelves: readonly Shelf[], { language, split, random }: { language: CorpusLanguage; split: Split; random: Random }): Composite | undefined {
  const stages = shelves.filter((shelf) => shelf.family.stage !== undefined && shelf.byLabel.sound.length > 0)
  if (stages.length === 0) return undefined
  const first = random.pick(stages)
  const followers = stages.filter(({ family }) => family !== first.family && family.stage?.takes === first.family.stage?.gives)
  if (followers.length === 0) return undefined
  const second = random.pick(followers)
  const parts = [first, second].map(({ family, byLabel }) => ({ family, program: random.pick(byLabel.sound), names: namesFor(family, { language, split, random }) }))
  const [a, b] = parts as [Part, Part]
  if (a.names['f'] === b.names['f']) return undefined
  const input = parameterOf(a)
  const entryName = joinedName(a.names['f'] ?? '', b.names['f'] ?? '', language)
  const said = parts.map(({ family, names }, index) => {
    const phrase = random.pick(phrasesOf(family, split))
    const renamed = index === 0 ? names : { ...names, [Object.keys(family.parameters)[0] ?? '']: 'the result' }
    return { alone: phrased(phrase, names, { language, split, random }), chained: phrased(phrase, renamed, { language, split, random }) }
  })
  const whole = `first ${said[0]?.alone}, and then ${said[1]?.chained}`
  const call = `${entryName}(${input})`
  return {
    instruction: frame(call, whole, { split, random }),
    outline: [...parts.map(({ family, names }, index) => `${callOf(family, names)}: ${imperative(said[index]?.alone ?? '')}`), `${call}: ${b.names['f']} of ${a.names['f']}`].join('\n'),
    modules: parts.map(({ program, names }) => bodyText(program, names).trimEnd()),
    entry:
      language === 'python'
        ? `def ${entryName}(${input}):\n    return ${b.names['f']}(${a.names['f']}(${input}))`
        : `export function ${entryName}(${input}: ${parameterType(a.program, a.names)}) {\n  return ${b.names['f']}(${a.names['f']}(${input}))\n}`,
  }
}

interface Part {
  family: Family
  program: Confirmed
  names: Names
}

export function imperative(said: string): string {
  return said.replaceAll(/\[([^\]/]*)\/([^\]]*)\]/g, '$2')
}

export function thirdPerson(said: string): string {
  return said.replaceAll(/\[([^\]/]*)\/([^\]]*)\]/g, '$1')
}

function parameterOf({ family, names }: Part): string {
  return names[Object.keys(family.parameters)[0] ?? ''] ?? 'value'
}

function joinedName(first: string, second: string, language: CorpusLanguage): string {
  return language === 'python' ? `${first}_then_${second}` : `${first}Then${second.charAt(0).toUpperCase()}${second.slice(1)}`
}

/** How the first function declares its parameter. */
function parameterType(program: Confirmed, names: Names): string {
  return /\(\w+: ([^)]+?)\)(?::| \{| =>)/.exec(bodyText(program, names))?.[1] ?? 'unknown'
}
