import type { Family } from './family.ts'
import { heldOut, type Random } from './random.ts'

export type CorpusLanguage = 'python' | 'typescript'
export type Split = 'train' | 'held-out'

/** What each `$name` of a template is called in one program. */
export type Names = Readonly<Record<string, string>>

/** Function names that training never sees: one in eight. */
export const heldOutNames = (name: string) => heldOut(name, 0.125)

/** Local names that all families share. */
const shared: Readonly<Record<string, readonly string[]>> = {
  out: ['result', 'out', 'output', 'found', 'answer', 'collected'],
  item: ['item', 'entry', 'element', 'value', 'current'],
  total: ['total', 'amount', 'running', 'acc'],
  i: ['i', 'index', 'pos', 'k'],
  j: ['j', 'other', 'inner', 'm'],
  text: ['text', 'content', 'data', 'body'],
  part: ['part', 'piece', 'chunk', 'word', 'token'],
  seen: ['seen', 'known', 'visited', 'already'],
  full: ['full', 'target', 'resolved', 'location'],
  root: ['root', 'top', 'parent', 'home'],
  handle: ['handle', 'stream', 'source', 'fh'],
  cursor: ['cursor', 'cur', 'query_result', 'rows'],
  sql: ['sql', 'query', 'statement', 'stmt'],
  error: ['error', 'problem', 'exc', 'err'],
  char: ['char', 'letter', 'ch', 'c'],
  key: ['key', 'label', 'field', 'slot'],
  count: ['count', 'number', 'hits', 'n'],
  check: ['check', 'valid', 'allowed', 'is_ok'],
  helper: ['prepare', 'checked', 'clean_value', 'ensure', 'guard'],
}

/**
 * Shares of training programs in which the function, and a parameter, are called as nothing else is: names must be copied from the
 * instruction, and a model that could remember them would not learn to.
 */
const strangeNameShare = 0.5
const strangeParameterShare = 0.3
/** Words that have nothing to do with any task. */
export const strangeWords: readonly string[] = (
  'amber anchor apple arrow badge basin beacon birch blaze bloom border bridge bronze bucket canyon carbon castle cedar chalk cherry ' +
  'clover cobalt comet copper coral cotton crane crystal cypress dawn delta desert dolphin dune eagle ember falcon feather fern flint ' +
  'forest fossil frost galaxy garnet ginger glacier granite grove harbor hazel heron honey horizon indigo iris island ivory jade ' +
  'jasper juniper lagoon lantern lemon lilac linen lotus lunar magnet maple marble marsh meadow mercury mint mocha moss nectar nickel ' +
  'oasis ocean olive onyx opal orbit orchid otter oyster palm panda pearl pebble pepper petal pine planet plum pollen poppy prairie ' +
  'prism quartz quill raven reef ridge river robin ruby saffron sage salmon sand sapphire shadow silver slate solar sparrow spruce ' +
  'stone storm summit sunset swan thistle thunder tiger timber topaz tulip tundra valley velvet violet walnut wave willow winter wolf ' +
  'zephyr'
).split(' ')

/** With `strange` nothing but the function is called as it usually is: who is to repeat a program must look at it. */
interface NameOptions {
  language: CorpusLanguage
  split: Split
  random: Random
  strange?: boolean
}

/** Names for one program, no two the same. */
export function namesFor(family: Family, { language, split, random, strange = false }: NameOptions): Names {
  const taken = new Set<string>()
  const take = (pool: readonly string[]): string => {
    const style = language === 'typescript' ? camel : (name: string) => name
    const free = pool.map(style).filter((name) => !taken.has(name))
    const name = free.length > 0 ? random.pick(free) : `${style(pool[0] ?? 'name')}${taken.size}`
    taken.add(name)
    return name
  }
  const names: Record<string, string> = { f: take([functionName(family, split, random)]) }
  for (const [parameter, pool] of Object.entries(family.parameters)) names[parameter] = take(strange || (split === 'train' && random.chance(strangeParameterShare)) ? strangeWords : pool)
  for (const [local, pool] of Object.entries({ ...shared, ...family.locals })) names[local] ??= take(strange ? strangeWords : pool)
  return names
}

/** The first name of every pool: for what does not depend on names. */
export function plainNames(family: Family, language: CorpusLanguage): Names {
  const style = language === 'typescript' ? camel : (name: string) => name
  const names: Record<string, string> = { f: style(`${family.verbs[0]}_${family.nouns[0]}`) }
  const used = new Set(Object.values(names))
  for (const [name, pool] of Object.entries({ ...family.parameters, ...family.locals, ...without(shared, family) })) {
    const free = pool.map(style).find((candidate) => !used.has(candidate)) ?? `${style(name)}${used.size}`
    names[name] ??= free
    used.add(names[name] ?? free)
  }
  return names
}

/** Puts names where templates say `$name`. A name that is not there is a mistake in a family. */
export function fillNames(template: string, names: Names): string {
  return template.replaceAll(/\$([a-z][A-Za-z_]*)/g, (whole, name: string) => {
    const filled = names[name]
    if (filled === undefined) throw new Error(`no name for ${whole} in: ${template}`)
    return filled
  })
}

export function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function functionName(family: Family, split: Split, random: Random): string {
  if (split === 'train' && random.chance(strangeNameShare)) return strangeName(family, random)
  const all = family.verbs.flatMap((verb) => family.nouns.map((noun) => `${verb}_${noun}`))
  const fitting = all.filter((name) => heldOutNames(name) === (split === 'held-out'))
  return random.pick(fitting.length > 0 ? fitting : all)
}

/** Words of the family and others in any order. */
function strangeName({ verbs, nouns }: Family, random: Random): string {
  for (;;) {
    const words = Array.from({ length: 1 + random.below(3) }, () => random.pick(random.pick([verbs, nouns, strangeWords])))
    const name = [...new Set([random.pick(strangeWords), ...words].slice(random.below(2)))].join('_')
    if (name.includes('_') && !heldOutNames(name)) return name
  }
}

function without(pools: Readonly<Record<string, readonly string[]>>, family: Family) {
  return Object.fromEntries(Object.entries(pools).filter(([name]) => !(name in family.parameters) && !(name in (family.locals ?? {}))))
}
