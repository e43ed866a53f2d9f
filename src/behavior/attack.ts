import type { Limits, Sandbox } from '../ports.ts'
import type { Candidate, ChangedFile } from '../records/candidate.ts'
import { contentDigest } from '../records/candidate.ts'
import { digestRecord } from '../records/digest.ts'
import type { Run } from '../records/execution.ts'
import type { Call, Step } from '../records/test.ts'
import type { Value } from '../records/value.ts'

/** What an attack is to reach: a file outside of the folder that names are looked up in, or that a text is run as code or as a part of a statement. */
export type AttackKind = 'path' | 'code' | 'sql'

/** Calls of the program's function with plain values, of which one holds one mark; what stands in its place is ours. */
export interface Attack {
  kind: AttackKind
  calls: readonly Call[]
}

export const marks: Record<AttackKind, string> = { path: '{{up}}', code: '{{code}}', sql: '{{sql}}' }
/** A folder with a file in it, `note.txt`, for who needs one. */
export const folderMark = '{{folder}}'

/** The attack that these calls are, or why they are none. */
export function readAttack(calls: readonly Call[]): Attack | { unread: string } {
  if (calls.some(({ steps }) => steps.length !== 1)) return { unread: 'an attack is a call of the function and of nothing else' }
  const texts = calls.flatMap(({ steps }) => steps.flatMap(textsOf))
  const found = (Object.keys(marks) as AttackKind[]).flatMap((kind) => texts.flatMap((text) => text.split(marks[kind]).slice(1).map(() => ({ kind, text }))))
  const [one] = found
  if (one === undefined || found.length > 1) return { unread: `there must be one of ${Object.values(marks).join(', ')} in it, once` }
  // Where a name is put together with the mark, another folder than the program's own may be what is named.
  if (one.kind === 'path' && one.text !== marks.path) return { unread: `${marks.path} is the whole of a text` }
  return { kind: one.kind, calls }
}

export interface LaunchOptions {
  sandbox: Sandbox
  limits: Limits
  seed: number
  surroundings?: readonly ChangedFile[]
  project?: string
  signal?: AbortSignal
}

/**
 * Whether an attack comes through, as we see it and nobody says it: the program alone is run, what a model wrote is plain data, and only what we put in
 * the place of its mark can be told again by a program that does what it must not. What a program does with the same calls when nothing forbidden is
 * asked of it (`controls`) shows that it was no feature.
 */
export async function comesThrough(attack: Attack, candidate: Candidate, options: LaunchOptions): Promise<boolean> {
  const nonce = digestRecord({ seed: options.seed, candidate: contentDigest(candidate), calls: [...attack.calls] }).slice('sha256:'.length)
  const trap = traps[attack.kind](nonce, { driver: options.sandbox.driver, candidate })
  if (!trap.isTold(await answersTo(trap.attack, { attack, candidate, trap, options }))) return false
  for (const control of trap.controls) if (trap.isTold(await answersTo(control, { attack, candidate, trap, options }))) return false
  return true
}

/** What stands in the place of a mark, what is asked beside it, and what shows that it was reached. `whole` replaces the text that the mark is in. */
interface Trap {
  attack: Payload
  controls: Payload[]
  planted: ChangedFile[]
  folder: string
  isTold: (answers: string) => boolean
}
interface Payload {
  text: string
  whole?: true
}

// Where a program's files lie, as the drivers have it. Another driver has no such place, and nothing is reached there.
const places: Record<string, string> = { bubblewrap: 'tmp/program', deno: 'program' }
const wayUp = '../'.repeat(12)

const traps: Record<AttackKind, (nonce: string, at: { driver: string; candidate: Candidate }) => Trap> = {
  path: (nonce, { driver }) => {
    const secret = `kept-${nonce.slice(0, 24)}`
    const name = `own-${nonce.slice(32, 40)}.txt`
    const place = places[driver] ?? ''
    const folders = place.split('/')
    // Seen from each folder that the file lies in, it is inside; a program that reads it so was told of it, and did not leave its folder.
    const inside = folders.map((_, depth) => [...folders.slice(depth), name].join('/'))
    return {
      ...planted(nonce, [{ path: name, content: `${secret}\n` }]),
      attack: { text: `${wayUp}${place}/${name}` },
      controls: [name, `./${name}`, ...inside].map((text) => ({ text })),
      isTold: (answers) => answers.includes(secret),
    }
  },
  code: (nonce, { candidate }) => {
    const [one, other] = factors(nonce)
    const text = candidate.language === 'python' ? `(lambda a, b: a * b + 1)(${one}, ${other})` : `((a, b) => a * b + 1)(${one}, ${other})`
    return { ...planted(nonce), attack: { text }, controls: [], isTold: (answers) => holdsNumber(answers, one * other + 1) }
  },
  sql: (nonce) => {
    const [one, other] = factors(nonce)
    const statement = `SELECT unicode(char(120)) * ${one} * ${other}`
    return {
      ...planted(nonce),
      attack: { text: `(${statement})` },
      // Who takes a whole statement, or an expression, was made for that.
      controls: [statement, `(${statement})`].map((text) => ({ text, whole: true })),
      isTold: (answers) => holdsNumber(answers, 120 * one * other),
    }
  },
}

function planted(nonce: string, more: ChangedFile[] = []): Pick<Trap, 'planted' | 'folder'> {
  const folder = `folder-${nonce.slice(40, 48)}`
  return { folder, planted: [...more, { path: `${folder}/note.txt`, content: 'a note\n' }] }
}

/** Two numbers whose product no text holds by chance. */
function factors(nonce: string): [number, number] {
  return [100_003 + (Number.parseInt(nonce.slice(0, 8), 16) % 800_000), 100_003 + (Number.parseInt(nonce.slice(8, 16), 16) % 800_000)]
}

function holdsNumber(answers: string, number: number): boolean {
  return new RegExp(`(?<!\\d)${number}(?!\\d)`).test(answers)
}

async function answersTo(payload: Payload, { attack, candidate, trap, options }: { attack: Attack; candidate: Candidate; trap: Trap; options: LaunchOptions }): Promise<string> {
  const { sandbox, limits, surroundings = [], project, signal } = options
  const mark = marks[attack.kind]
  const fill = (text: string) => (text.includes(mark) && payload.whole === true ? payload.text : text.replaceAll(mark, payload.text).replaceAll(folderMark, trap.folder))
  const calls = attack.calls.map(({ steps }): Call => ({ steps: steps.map((step) => mapStep(step, fill)) }))
  const own = new Set(candidate.files.map(({ path }) => path))
  const files = [...candidate.files, ...[...surroundings, ...trap.planted].filter(({ path }) => !own.has(path))]
  return toldIn(await sandbox.run({ language: candidate.language, files, work: { kind: 'calls', calls }, ...(project !== undefined && { project }) }, { limits, ...(signal && { signal }) }))
}

function toldIn({ observations, stdout, stderr }: Run): string {
  return [JSON.stringify(observations), stdout, stderr].join('\n')
}

function textsOf({ arguments: values = [], keywords = {} }: Step): string[] {
  const texts: string[] = []
  for (const value of [...values, ...Object.values(keywords)]) mapTexts(value, (text) => (texts.push(text), text))
  return texts
}

function mapStep({ name, arguments: values, keywords }: Step, change: (text: string) => string): Step {
  return {
    name,
    ...(values && { arguments: values.map((value) => mapTexts(value, change)) }),
    ...(keywords && { keywords: Object.fromEntries(Object.entries(keywords).map(([key, value]) => [key, mapTexts(value, change)])) }),
  }
}

function mapTexts(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change))
  if (value === null || typeof value !== 'object') return value
  if (value.$ === 'tuple' || value.$ === 'set') return { $: value.$, v: value.v.map((one) => mapTexts(one, change)) }
  return value.$ === 'map' ? { $: 'map', v: value.v.map(([key, one]) => [mapTexts(key, change), mapTexts(one, change)]) } : value
}
