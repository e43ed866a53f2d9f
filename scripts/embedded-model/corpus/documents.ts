import { exampleTest } from './checks.ts'
import { composite, imperative, joined } from './compose.ts'
import type { Confirmed } from './confirm.ts'
import { type Document, documentOf, type Form } from './document.ts'
import { headerLines, toldFlaws } from './finding-line.ts'
import { type CorpusLanguage, fillNames, type Names, namesFor } from './names.ts'
import { ask, callOf, phrased, phrasesOf } from './phrase.ts'
import { bodyText, type Label, programText } from './program.ts'
import type { Random } from './random.ts'
import { alone, type Revisable, revisable, revisablePair } from './revisions.ts'
import type { Shelf } from './stock.ts'

const forms: Record<Form, number> = { forward: 46, reverse: 8, revision: 26, critique: 7, tests: 3, outline: 3, outlined: 3, modules: 4 }
const languages: Record<CorpusLanguage, number> = { python: 60, typescript: 40 }
/** How often a forward document is sound, weak or wrong: there must be something to choose from. */
const labels = {
  plain: { sound: 78, weak: 0, wrong: 22 },
  security: { sound: 48, weak: 40, wrong: 12 },
  careful: { sound: 84, weak: 8, wrong: 8 },
} satisfies Record<string, Record<Label, number>>
const carefulShare = 0.35
const documentedShare = 0.12
/** How often a program that is revised has two flawed functions, and how often these are then shown both: mostly the one that the finding is in is shown alone. */
const pairShare = 0.65
const wholeShare = 0.25
/** How often the (first) program that is revised is of a family with a security side. */
const weakFamilyShare = 0.6
/** Characters of a document, at most: of one program, and of one that holds a program twice or several functions. */
const longest = { single: 940, several: 1330 }
const several: ReadonlySet<Form> = new Set<Form>(['revision', 'modules', 'outlined'])
/** Forms that repeat a program that stands before, and how often its names are then such that no other program has them. */
const repeating: ReadonlySet<Form> = new Set<Form>(['revision', 'modules'])
const strangeShare = 0.35
/** How often a document of several functions is asked for as one program, as any other. */
const compositeShare = 0.06
/** How often a sub-module is offered that is not in the program as it stands. */
const besidesShare = 0.35
const weakShare = 0.75

type CompositeForm = 'forward' | 'outline' | 'outlined' | 'modules'

/** Makes training documents, one after the other, of the programs that training may see. */
export class Documents {
  readonly #shelves: readonly Shelf[]
  readonly #byLanguage: Record<CorpusLanguage, readonly Shelf[]>
  /** Shelves with weak programs. */
  readonly #weak: Record<CorpusLanguage, readonly Shelf[]>
  readonly #random: Random

  constructor(shelves: readonly Shelf[], random: Random) {
    this.#shelves = shelves.filter(({ byLabel }) => byLabel.sound.length > 0)
    const speaking = (language: CorpusLanguage) => this.#shelves.filter((shelf) => shelf.language === language)
    this.#byLanguage = { python: speaking('python'), typescript: speaking('typescript') }
    const weak = (language: CorpusLanguage) => speaking(language).filter(({ byLabel }) => byLabel.weak.length > 0)
    this.#weak = { python: weak('python'), typescript: weak('typescript') }
    this.#random = random
  }

  next(): Document {
    const form = this.#random.weighted(forms)
    const language = this.#random.weighted(languages)
    for (;;) {
      const document = this.#make(form, language)
      if (document !== undefined && lengthOf(document) <= longest[several.has(form) ? 'several' : 'single']) return document
    }
  }

  #make(form: Form, language: CorpusLanguage): Document | undefined {
    const random = this.#random
    const shelf = random.pick(this.#shelvesFor(form)[language])
    const { family, byLabel } = shelf
    const names = namesFor(family, { language, split: 'train', random, strange: this.#strange(form) })
    const about = { language, family: family.name }
    const asking = { language, split: 'train' as const, random, careful: random.chance(carefulShare), noisy: true }
    const instruction = ask(family, names, asking)
    const sound = () => random.pick(byLabel.sound)
    switch (form) {
      case 'forward':
        if (random.chance(compositeShare)) return this.#composite(form, language)
        return documentOf(form, about, [
          ['inst', instruction.text],
          ['code', this.#program(this.#labelled(shelf, instruction.careful), names, language)],
        ])
      case 'reverse':
        return documentOf(form, about, [
          ['code', this.#program(sound(), names, language)],
          ['inst', instruction.text],
        ])
      case 'revision':
        return this.#revision(shelf, names, instruction.text)
      case 'critique':
        return this.#critique(shelf, names, instruction.text)
      case 'tests':
        return this.#tests(shelf, names, instruction.text)
      case 'outline':
      case 'outlined':
      case 'modules':
        return random.chance(0.6) ? this.#composite(form, language) : this.#single(form, shelf, names, instruction.text)
    }
  }

  #shelvesFor(form: Form): Record<CorpusLanguage, readonly Shelf[]> {
    return form === 'revision' && this.#random.chance(weakFamilyShare) ? this.#weak : this.#byLanguage
  }

  #strange(form: Form): boolean {
    return repeating.has(form) && this.#random.chance(strangeShare)
  }

  #labelled({ byLabel, family }: Shelf, careful: boolean): Confirmed {
    const wanted = this.#random.weighted<Label>(labels[family.cwe === undefined ? 'plain' : careful ? 'careful' : 'security'])
    return this.#random.pick(byLabel[wanted].length > 0 ? byLabel[wanted] : byLabel.sound)
  }

  #program(program: Confirmed, names: Names, language: CorpusLanguage): string {
    const random = this.#random
    if (!random.chance(documentedShare)) return programText(program, names)
    const said = imperative(phrased(random.pick(phrasesOf(program.family, 'train')), names, { language, split: 'train', random }))
    return programText(program, names, `${said.charAt(0).toUpperCase()}${said.slice(1)}.`)
  }

  #revision(shelf: Shelf, names: Names, instruction: string): Document | undefined {
    const random = this.#random
    const { language, family } = shelf
    const made = random.chance(pairShare) ? this.#pair(shelf) : revisable(shelf, names, { random, weakShare, certain: true })
    if (made === undefined) return undefined
    const { finding, fixed } = random.pick(made.revisions)
    return documentOf('revision', { language, family: family.name }, [
      ['inst', made.instruction ?? instruction],
      ['code', made.program],
      ['find', finding],
      ['fix', fixed],
    ])
  }

  #pair(shelf: Shelf): Revisable | undefined {
    const random = this.#random
    const others = this.#byLanguage[shelf.language].filter((each) => each.family !== shelf.family)
    const pair = revisablePair(shelf, random.pick(others), { split: 'train', random, weakShare, certain: true, strange: this.#strange('revision') })
    return pair === undefined || random.chance(wholeShare) ? pair : alone(shelf.language, pair, random.pick(pair.revisions))
  }

  #critique(shelf: Shelf, names: Names, instruction: string): Document | undefined {
    const random = this.#random
    const program = random.pick(random.pick([shelf.byLabel.sound, shelf.byLabel.weak, shelf.byLabel.wrong].filter((programs) => programs.length > 0)))
    const told = toldFlaws(program, names)
    if (program.label !== 'sound' && told.length < program.derivation.flaws.length) return undefined
    const line = headerLines(program, names) + 1
    return documentOf('critique', { language: shelf.language, family: shelf.family.name }, [
      ['inst', instruction],
      ['code', programText(program, names)],
      ['crit', program.label === 'sound' ? 'no weakness found' : told.map(({ critique }) => critique(line)).join('\n')],
    ])
  }

  /** Checks of one line, for a line of an answer is a check of its own. */
  #tests({ family, language }: Shelf, names: Names, instruction: string): Document | undefined {
    const lines = [...(family.examples ?? []).map((example) => exampleTest(example, language)), ...family[language].tests.filter((code) => !code.includes('\n'))]
    if (lines.length < 2) return undefined
    const shown = this.#random.shuffled(lines).slice(0, 3)
    return documentOf('tests', { language, family: family.name }, [
      ['inst', instruction],
      ['test', `${shown.map((line) => fillNames(line, names).replace('nodeAssert', 'assert')).join('\n')}\n`],
    ])
  }

  #composite(form: CompositeForm, language: CorpusLanguage): Document | undefined {
    const made = composite(this.#byLanguage[language], { language, split: 'train', random: this.#random, strange: form === 'modules' && this.#strange(form) })
    if (made === undefined) return undefined
    const program = joined([...made.modules, made.entry], language)
    const besides = made.besides.filter(() => this.#random.chance(besidesShare))
    return this.#structured(form, { language, family: 'composite' }, { ...made, program, besides })
  }

  /** One function: its outline is one line, and a representative of it is taken over. */
  #single(form: Exclude<CompositeForm, 'forward'>, { family, language, byLabel }: Shelf, names: Names, instruction: string): Document {
    const random = this.#random
    const program = random.pick(byLabel.sound)
    const said = imperative(phrased(random.pick(phrasesOf(family, 'train')), names, { language, split: 'train', random }))
    const outline = `${callOf(family, names)}: ${said}`
    return this.#structured(form, { language, family: family.name }, { instruction, outline, modules: [bodyText(program, names).trimEnd()], program: programText(program, names) })
  }

  #structured(form: CompositeForm, about: { language: CorpusLanguage; family: string }, made: { instruction: string; outline: string; modules: string[]; program: string; besides?: string[] }): Document {
    const instruction: [string, string] = ['inst', made.instruction]
    switch (form) {
      case 'forward':
        return documentOf(form, about, [instruction, ['code', made.program]])
      case 'outline':
        return documentOf(form, about, [instruction, ['plan', made.outline]])
      case 'outlined':
        return documentOf(form, about, [instruction, ['plan', made.outline], ['code', made.program]])
      case 'modules':
        return documentOf(form, about, [instruction, ['mods', this.#random.shuffled([...made.modules, ...(made.besides ?? [])]).join('\n\n')], ['code', made.program]])
    }
  }
}

function lengthOf({ sections }: Document): number {
  return sections.reduce((sum, [, text]) => sum + text.length, 0)
}
