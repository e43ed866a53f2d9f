import type { RepairTarget } from '../records/repair.ts'
import type { Step } from '../records/test.ts'
import type { Value } from '../records/value.ts'

/**
 * How the absence of a weakness may show in what a program does. `refuses`: what an attacker would send is turned away or made harmless, told by
 * the characters that he needs; one that `narrows` ran its input as a language, of which a part is left. `value`: the result itself was the
 * weakness, and another one of the same type takes its place, made by what is `needed` for that; it may be slow where that is its strength.
 */
export type Explanation = { kind: 'refuses'; hostile: RegExp; narrows: boolean } | { kind: 'value'; needed: RegExp; isSlow: boolean }

const path = /\.\.|^[/\\~]|^[A-Za-z]:|\0|\\/
const shell = /[;&|`$<>(){}\n\r'"\\*?#!~]|^\s*-|\s-/
const quote = /['"`;\\]|--|\/\*|\0/
const markup = /[<>&"'`]|^\s*(?:javascript|data|vbscript):/i
const line = /[\r\n\u0085\u2028\u2029]/
const address = /^[a-z][a-z0-9+.-]*:|^\s*[/\\]{2}|@|localhost|\d+\.\d+\.\d+\.\d+|\[/i
const pattern = /[\\^$.|?*+()[\]{}]|.{200}/s
const expression = /[()[\]{}.;=`'"\\]|__|import|\bnew\b/

const random = /\bsecrets\b|urandom|SystemRandom|randomBytes|randomInt|randomUUID|getRandomValues|randomFill|\buuid4\b/
const hash = /sha-?_?(?:256|384|512|3)|blake2|blake3|scrypt|argon2|bcrypt|pbkdf2|\bhmac\b/i
const cipher = /gcm|ccm|siv|poly1305|chacha|fernet|secretbox|sha-?_?(?:256|384|512|3)|rsa|ed25519|ec\b|secp|P-?\d{3}/i
const password = /scrypt|argon2|bcrypt|pbkdf2/i

const refusing: readonly [RegExp, readonly number[]][] = [
  [path, [22, 23, 36, 73, 377, 434]],
  [shell, [77, 78, 88]],
  [quote, [89, 90, 643, 943]],
  [markup, [79, 80, 116]],
  [line, [93, 113, 117]],
  [address, [20, 601, 918]],
  [pattern, [400, 1333]],
  [expression, [94, 95, 134, 470, 502, 915, 1321, 1336]],
  [/<!(?:DOCTYPE|ENTITY)/i, [611, 776]],
]
const narrowing = new Set([94, 95, 470, 502, 1336])
const values: readonly [RegExp, readonly number[]][] = [
  [random, [329, 330, 331, 335, 337, 338]],
  [hash, [328]],
  [cipher, [326, 327]],
  [password, [256, 759, 760, 916]],
]

const explanations = new Map<number, Explanation>([
  ...refusing.flatMap(([hostile, cwes]) => cwes.map((cwe): [number, Explanation] => [cwe, { kind: 'refuses', hostile, narrows: narrowing.has(cwe) }])),
  ...values.flatMap(([needed, cwes]) => cwes.map((cwe): [number, Explanation] => [cwe, { kind: 'value', needed, isSlow: needed === password }])),
])

export function explanationsOf(targets: readonly RepairTarget[]): Explanation[] {
  return targets.flatMap((target) => (target.kind === 'finding' && target.cwe !== undefined ? (explanations.get(target.cwe) ?? []) : []))
}

/** Whether a call carries what an attacker of one of these weaknesses would send. */
export function isHostile(steps: readonly Step[], given: readonly Explanation[]): boolean {
  const texts = steps.flatMap(({ arguments: own = [], keywords = {} }) => [...own, ...Object.values(keywords)].flatMap(textsIn))
  return given.some((explanation) => explanation.kind === 'refuses' && texts.some((text) => explanation.hostile.test(text)))
}

function textsIn(value: Value): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (value.$ === 'bytes') return [Buffer.from(value.v, 'base64').toString('latin1')]
  if (value.$ === 'tuple' || value.$ === 'set') return value.v.flatMap(textsIn)
  return value.$ === 'map' ? value.v.flat().flatMap(textsIn) : []
}
