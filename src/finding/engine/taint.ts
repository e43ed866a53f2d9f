import type { Span } from '../ir/expression.ts'

/** The classes of weakness that a value can be made safe for, one bit each. */
const names = [
  'sql', 'command', 'path', 'html', 'code', 'ssrf', 'redirect', 'ldap', 'xpath', 'log', 'header', 'deserialise', 'xml', 'regex', 'trust',
  'nosql', 'template', 'format', 'reflection', 'upload', 'argument',
] as const // prettier-ignore

export type Weakness = (typeof names)[number]
export const bit = Object.fromEntries(names.map((name, i) => [name, 1 << i])) as Record<Weakness, number>

/** Safe for everything: a number, a member of a fixed set. */
export const everything = (1 << names.length) - 1
/** One of texts that the file lists, none of which is the name of something dangerous. */
export const listed = 1 << 21
/** A path without `..`, and one that is not absolute; together they make `path`. */
export const noDots = 1 << 22
export const notAbsolute = 1 << 23
/** It begins with a slash, and not with two: together a place on this site. */
export const rooted = 1 << 28
export const oneSlash = 1 << 29
/** Something unknown looked at it and could refuse: no proof, but less sure. */
export const checked = 1 << 24

/** A function of the file with the name of a check looked at it; what it does shows nothing that we understand. */
export const reviewed = 1 << 26
/** It was asked whether the file is there. */
export const tested = 1 << 27
/** A path that begins with the name of a folder: in it, or beside it (`/srv/app-evil` begins with `/srv/app`). */
export const beside = 1 << 30
/** It begins with a scheme of the web or with none: following it runs no script. */
export const webScheme = 1 << 31
/** The address a name stands for was looked at, and is not ours: until the next look-up, or the next redirect. */
export const resolved = 1 << 25

/**
 * Where a value comes from. `user`: a request. `console`: arguments and input of a program. `network`, `storage`, `environment`: replies,
 * files and rows, the environment. `unknown`: nothing is known, which is no accusation. The last four mark secrets and their like, and what
 * was found under a name from outside; they are no attacker's: rules ask for them by name.
 */
export type SourceKind =
  | 'user'
  | 'console'
  | 'network'
  | 'parameter'
  | 'storage'
  | 'environment'
  | 'unknown'
  | 'exception'
  | 'secret'
  | 'predictable'
  | 'reflected'

const strengths: Record<SourceKind, number> = {
  user: 7,
  console: 6,
  network: 5,
  parameter: 4,
  storage: 3,
  environment: 2,
  unknown: 1,
  exception: 0,
  secret: 0,
  predictable: 0,
  reflected: 0,
}

/** The place a value entered. A part of it (`data['name']`) is an origin of its own whose parent is the whole. */
export interface Origin extends Span {
  readonly id: number
  readonly key: string
  readonly kind: SourceKind
  readonly label: string
  readonly parent?: Origin
}

/** The whole that an origin is a part of. */
export function wholeOf(origin: Origin): Origin {
  let whole = origin
  while (whole.parent !== undefined) whole = whole.parent
  return whole
}

export interface Trail extends Span {
  readonly note: string
  readonly before: Trail | undefined
  readonly length: number
}

export interface Taint {
  readonly origin: Origin
  /** Bits of what it is already safe for, whatever the path. */
  readonly safe: number
  /** Bits of what it went through something unknown for whose name says that it makes safe. */
  readonly claimed?: number
  /** It went through something unknown. */
  readonly weak: boolean
  /** Something unknown looked at it and could refuse. */
  readonly checked?: boolean
  readonly trail: Trail | undefined
}

const mostTaints = 6
const longestTrail = 12

export function strength(taint: Taint): number {
  return strengths[taint.origin.kind] - (taint.weak ? 0.5 : 0)
}

/** All of both, once each, the strongest first when there are too many. */
export function unite(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (a === b || b.length === 0) return a
  if (a.length === 0) return b
  const added = b.filter((taint) => !a.some((other) => other.origin === taint.origin && other.safe === taint.safe && other.claimed === taint.claimed))
  if (added.length === 0) return a
  const all = [...a, ...added]
  return all.length <= mostTaints ? all : all.sort((x, y) => strength(y) - strength(x)).slice(0, mostTaints)
}

export function cleanse(taints: readonly Taint[], bits: number): readonly Taint[] {
  if (taints.every((taint) => (taint.safe | bits) === taint.safe)) return taints
  return taints.map((taint) => ({ ...taint, safe: taint.safe | bits }))
}

/** What something says that it made safe, and nobody saw it do. */
export function claim(taints: readonly Taint[], bits: number): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, claimed: (taint.claimed ?? 0) | bits }))
}

export function weaken(taints: readonly Taint[]): readonly Taint[] {
  return taints.every((taint) => taint.weak) ? taints : taints.map((taint) => ({ ...taint, weak: true }))
}

export function pass(taints: readonly Taint[], span: Span, note: string): readonly Taint[] {
  if (taints.length === 0) return taints
  return taints.map((taint) => {
    const before = taint.trail
    if (before !== undefined && (before.length >= longestTrail || before.start === span.start)) return taint
    return { ...taint, trail: { note, start: span.start, end: span.end, before, length: (before?.length ?? 0) + 1 } }
  })
}
