import type { Family } from './family.ts'
import { composedFrame } from './frame.ts'
import { type CorpusLanguage, fillNames, type Names, type Split, strangeWords } from './names.ts'
import type { Random } from './random.ts'

/** `{call}`: name and parameters; `{does}` third person; `{do}` imperative; `{Do}` the same at the beginning of a sentence. */
export const frames: Record<Split, readonly string[]> = {
  train: [
    'Write {call} that {does}.',
    'Write a function {call} which {does}.',
    '{call}: {do}.',
    'Implement {call}, which {does}.',
    'I need {call} to {do}.',
    'We need a function {call} that {does}.',
    'Create {call}. It {does}.',
    'Define {call} so that it {does}.',
    '{Do}. Call it {call}.',
    '{Do}, in a function {call}.',
    'Please write {call}, a function that {does}.',
    'Make {call}: it {does}.',
    'The function {call} {does}. Write it.',
    'Add {call} to {do}.',
    'Given its arguments, {call} {does}.',
    'Would you write {call}? It {does}.',
    'Can you give me {call}, which {does}?',
    'Could you write a function {call} that {does}?',
    'Please {do} in {call}.',
    'Our project needs {call}: it must {do}.',
    'The code lacks {call}, which should {do}.',
    'Wanted: {call} that {does}.',
    'Needed is {call}; it should {do}.',
    'Code {call} in such a way that it {does}.',
    'Provide {call}: it {does}.',
    'Build {call}, something which {does}.',
    'Develop {call} such that it {does}.',
    'Supply a function {call}, one that {does}.',
    'There should be {call}, and it {does}.',
    'What I want is {call}: {do}.',
    'Task: {call} must {do}.',
    'Complete {call} so that it can {do}.',
    '{call} has to {do}.',
    '{call} should {do}.',
    'Let {call} {do}.',
    'Help me with {call}, it {does}.',
    'Now {call}, which {does}.',
    'TODO: {call} {does}.',
    'A function {call} is missing: it {does}.',
    'How would you write {call}, so that it {does}?',
    'Set up {call}. The function should {do}.',
    'Put together {call} that {does}.',
    'Extend the module by {call}, a function that {does}.',
    'In our program {call} must {do}.',
    'Someone asked for {call}; it {does}.',
    'Come up with {call} to {do}.',
    'Show me {call} that {does}.',
    'Produce {call}, which {does}.',
    'Design {call} which will {do}.',
  ],
  'held-out': ['Could you provide {call}, something that {does}?', 'Our code base lacks {call}: it should {do}.', 'Program {call} such that it {does}.', 'Required: {call} must {do}.'],
}

/** The share of training sentences whose frame is none of these: what is asked for must be found by the call, and not by the sentence around it. */
const strangeFrameShare = 0.2
/** The share whose frame is put together of parts. */
const composedFrameShare = 0.4

/** Words that may stand for each other in an instruction. */
const synonyms: readonly (readonly string[])[] = [
  ['returns', 'gives back', 'yields', 'answers with'],
  ['return', 'give back', 'yield', 'answer with'],
  ['text', 'content'],
  ['directory', 'folder'],
  ['below', 'inside', 'under', 'within'],
  ['list', 'sequence'],
  ['largest', 'greatest', 'biggest'],
  ['smallest', 'lowest', 'least'],
  ['even numbers', 'even values'],
  ['every', 'each'],
  ['rejects', 'refuses', 'must not accept'],
  ['reject', 'refuse', 'never accept'],
  ['checks whether', 'tells whether', 'decides if'],
  ['check whether', 'tell whether', 'decide if'],
  ['removes', 'drops', 'strips'],
  ['remove', 'drop', 'strip'],
  ['order', 'sequence order'],
  ['string', 'piece of text'],
  ['user', 'account'],
  ['named', 'called'],
  ['made of', 'consisting of'],
  ['gives', 'delivers', 'hands back', 'supplies'],
  ['give', 'deliver', 'hand back', 'supply'],
  ['finds', 'searches for', 'detects'],
  ['find', 'search for', 'detect'],
  ['computes', 'calculates', 'works out', 'determines'],
  ['compute', 'calculate', 'work out', 'determine'],
  ['makes', 'creates', 'produces', 'builds'],
  ['make', 'create', 'produce', 'build'],
  ['reads', 'takes', 'gets'],
  ['read', 'take', 'get'],
  ['puts', 'places', 'sets'],
  ['put', 'place', 'set'],
  ['turns', 'changes', 'converts', 'transforms'],
  ['turn', 'change', 'convert', 'transform'],
  ['keeps', 'stores', 'saves', 'holds'],
  ['keep', 'store', 'save', 'hold'],
  ['number', 'count', 'amount'],
  ['numbers', 'values', 'entries', 'elements'],
  ['words', 'terms'],
  ['if', 'when', 'where', 'in case'],
  ['otherwise', 'else', 'in all other cases'],
  ['small', 'lower case'],
  ['capital', 'upper case'],
  ['address', 'link', 'location'],
  ['without', 'with no'],
  ['contains', 'includes', 'holds'],
  ['random', 'unpredictable', 'arbitrary'],
  ['separated', 'divided', 'parted'],
  ['in order', 'one after the other'],
  ['function', 'routine'],
  ['first', 'earliest'],
  ['secret', 'private'],
  ['names', 'titles'],
  ['rows', 'records', 'lines'],
  ['database', 'data base', 'connection'],
  ['occurs', 'appears', 'is found'],
  ['empty', 'blank'],
  ['value', 'result', 'entry'],
  ['as well', 'too', 'also'],
]
/** The share of training phrases from which words are missing: no single word may be needed to know a task. */
const wornShare = 0.3
const missingShare = 0.15

const words: Record<CorpusLanguage, Record<string, string>> = {
  python: { none: 'None', true: 'True', false: 'False', dict: 'dict', list: 'list' },
  typescript: { none: 'null', true: 'true', false: 'false', dict: 'object', list: 'array' },
}

export interface Instruction {
  text: string
  /** Whether it says that the program must be secure. */
  careful: boolean
}

export interface AskOptions {
  language: CorpusLanguage
  split: Split
  random: Random
  careful: boolean
  /** Whether words may be strange or missing, as they are in training alone. */
  noisy?: boolean
}

/** One way to ask for a task. */
export function ask(family: Family, names: Names, options: AskOptions): Instruction {
  const { split, random, noisy = false } = options
  const careful = options.careful && (family.careful ?? []).length > 0
  const said = random.pick(phrasesOf(family, split)) + (careful ? random.pick(part(family.careful ?? [], split, 1)) : '')
  const worn = noisy && random.chance(wornShare) ? wear(said, random) : said
  return { text: frame(callOf(family, names), phrased(worn, names, options), options), careful }
}

/** A sentence around a call and what it does, given with both forms of its verbs. */
export function frame(call: string, said: string, { split, random, noisy = false }: Pick<AskOptions, 'split' | 'random' | 'noisy'>): string {
  const does = said.replaceAll(/\[([^\]/]*)\/([^\]]*)\]/g, '$1')
  const imperative = said.replaceAll(/\[([^\]/]*)\/([^\]]*)\]/g, '$2')
  const chosen = noisy && random.chance(composedFrameShare) ? composedFrame(random) : random.pick(frames[split])
  return (noisy && random.chance(strangeFrameShare) ? strangely(chosen, random) : chosen)
    .replace('{call}', () => call)
    .replace('{does}', () => does)
    .replace('{do}', () => imperative)
    .replace('{Do}', () => imperative.charAt(0).toUpperCase() + imperative.slice(1))
}

/** The words of a frame exchanged for others, or left out. */
function strangely(chosen: string, random: Random): string {
  const words = () => Array.from({ length: random.below(3) }, () => random.pick(strangeWords)).join(' ')
  return chosen.replaceAll(/(?<![{\w])\w+(?![}\w])/g, (word) => (random.chance(0.6) ? words() : word)).replaceAll(/ {2,}/g, ' ').trim()
}

/** A phrase from which some plain words are gone: neither names nor what stands in brackets or braces. */
function wear(phrase: string, random: Random): string {
  return phrase.replaceAll(/(?<=^|\s)[a-z]+ (?=\S)/g, (word) => (random.chance(missingShare) ? '' : word))
}

/** A phrase with its names and the language's words, some words exchanged for others. */
export function phrased(phrase: string, names: Names, { language, split, random }: Omit<AskOptions, 'careful'>): string {
  const exchanged = split === 'train' ? exchange(phrase, random) : phrase
  return fillNames(exchanged.replaceAll(/\{(\w+)\}/g, (whole, word: string) => words[language][word] ?? whole), names)
}

export function callOf(family: Family, names: Names): string {
  return `${names.f}(${Object.keys(family.parameters)
    .map((parameter) => names[parameter])
    .join(', ')})`
}

/** The ways to say what a family's function does, of one split. */
export function phrasesOf({ phrases }: Family, split: Split): readonly string[] {
  return part(phrases, split, 2)
}

function part(phrases: readonly string[], split: Split, held: number): readonly string[] {
  return split === 'train' ? phrases.slice(0, -held) : phrases.slice(-held)
}

const exchanges = synonyms.map((group) => ({ group, patterns: group.map((word) => new RegExp(String.raw`(?<![\w$\u007b])${word}(?!\w)`)) }))

function exchange(phrase: string, random: Random): string {
  let changed = phrase
  for (const { group, patterns } of exchanges) {
    const pattern = patterns.find((each) => each.test(changed))
    if (pattern !== undefined && random.chance(0.4)) changed = changed.replace(pattern, () => random.pick(group))
  }
  return changed
}
