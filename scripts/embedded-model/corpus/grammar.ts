import type { Random } from './random.ts'

/** What is wrong with a part of a program: a weakness (with its CWE) or a wrong or missing step. */
export interface Flaw {
  kind: 'weak' | 'wrong'
  /** `CWE-22`; only of a weakness. */
  cwe?: string
  /** What a critic says of it, without a full stop. */
  reason: string
}

/** One way to write a part. Its text may name further parts, `<check>`, and names to be filled in, `$base`. */
export interface Part {
  text: string
  flaw?: Flaw
}

/** Parts by name; a program is an expansion of `program`. Every part has one sound alternative at least. */
export type Grammar = Readonly<Record<string, readonly (string | Part)[]>>

/** One expansion: which alternative each part took, in the order of their places. */
export interface Derivation {
  /** Part and position of its alternative, in the order in which they are met. */
  choices: { part: string; index: number; depth: number }[]
  text: string
  flaws: (Flaw & { part: string })[]
}

/** An alternative with a weakness. */
export function weak(cwe: string, reason: string, text: string): Part {
  return { text, flaw: { kind: 'weak', cwe, reason } }
}

/** An alternative that does something else than was asked for, or leaves something out. */
export function wrong(reason: string, text: string): Part {
  return { text, flaw: { kind: 'wrong', reason } }
}

/** Chooses the alternative of a part; `path` tells its place. */
export type Chooser = (part: string, alternatives: readonly Part[]) => number

/** Expands a grammar from `program`. */
export function derive(grammar: Grammar, choose: Chooser): Derivation {
  const derivation: Derivation = { choices: [], text: '', flaws: [] }
  const expand = (name: string, depth: number): string => {
    const alternatives = partsOf(grammar, name)
    const index = choose(name, alternatives)
    const part = alternatives[index]
    if (part === undefined) throw new Error(`<${name}> has no alternative ${index}`)
    derivation.choices.push({ part: name, index, depth })
    if (part.flaw) derivation.flaws.push({ ...part.flaw, part: name })
    return fillParts(part.text, grammar, (inner) => expand(inner, depth + 1))
  }
  const text = expand('program', 0)
  return { ...derivation, text: `${text.trimEnd()}\n` }
}

/** At random, with no more than `flaws` flawed parts and each of them as likely as `flawed` says. */
export function randomChooser(random: Random, { flawed, most }: { flawed: number; most: number }): Chooser {
  let left = most
  return (_, alternatives) => {
    const indices = alternatives.map((_part, index) => index)
    const sound = indices.filter((index) => alternatives[index]?.flaw === undefined)
    const bad = indices.filter((index) => alternatives[index]?.flaw !== undefined)
    if (bad.length > 0 && left > 0 && (sound.length === 0 || random.chance(flawed))) {
      left -= 1
      return random.pick(bad)
    }
    return random.pick(sound)
  }
}

/** The same choices, but for one flawed part, which takes a sound alternative; what is new below it is chosen at random and sound. */
export function repairing(derivation: Derivation, part: string, random: Random): Chooser {
  const taken = new Map<string, number[]>()
  for (const { part: name, index } of derivation.choices) taken.set(name, [...(taken.get(name) ?? []), index])
  return (name, alternatives) => {
    const sound = alternatives.flatMap((alternative, index) => (alternative.flaw === undefined ? [index] : []))
    if (name === part) return random.pick(sound)
    return taken.get(name)?.shift() ?? random.pick(sound)
  }
}

export function partsOf(grammar: Grammar, name: string): Part[] {
  const alternatives = grammar[name]
  if (alternatives === undefined) throw new Error(`the grammar has no part <${name}>`)
  return alternatives.map((alternative) => (typeof alternative === 'string' ? { text: alternative } : alternative))
}

/** A part that stands alone on its line takes the line's indentation, and no line at all where it is empty. */
function fillParts(text: string, grammar: Grammar, expand: (name: string) => string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const alone = /^(\s*)<([a-z][a-z_]*)>$/.exec(line)
      if (alone?.[2] !== undefined && Object.hasOwn(grammar, alone[2])) {
        const filled = expand(alone[2])
        return filled === '' ? [] : filled.split('\n').map((inner) => (inner === '' ? '' : `${alone[1]}${inner}`))
      }
      return [line.replaceAll(/<([a-z][a-z_]*)>/g, (whole, name: string) => (Object.hasOwn(grammar, name) ? expand(name) : whole))]
    })
    .join('\n')
}
