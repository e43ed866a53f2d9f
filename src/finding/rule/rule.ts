import type { Events } from '../engine/event.ts'
import type { Machine } from '../engine/machine.ts'
import type { Taint, Weakness } from '../engine/taint.ts'
import type { Fix } from '../fix/fix.ts'
import type { Span } from '../ir/expression.ts'
import type { Confidence, Severity, Tier } from '../../records/finding.ts'

/** What a check says when it found something: only what differs from the rule's own statement. */
export interface Report {
  readonly span?: Span
  readonly message?: string
  readonly confidence?: Confidence
  readonly tier?: Tier
  readonly severity?: Severity
  readonly cwe?: number
  /** The way the value came. */
  readonly taint?: Taint
}

export type Check<Kind extends keyof Events> = (event: Events[Kind], machine: Machine) => Report | undefined

export type Listener =
  | { readonly on: 'sink'; readonly weakness: Weakness; readonly check: Check<'sink'> }
  | { readonly on: 'call'; readonly names: readonly string[]; readonly check: Check<'call'> }
  | { readonly on: 'set'; readonly named: (name: string) => boolean; readonly check: Check<'set'> }
  | { readonly on: 'return'; readonly check: Check<'return'> }
  | { readonly on: 'compare'; readonly check: Check<'compare'> }
  | { readonly on: 'function'; readonly check: Check<'function'> }
  | { readonly on: 'class'; readonly check: Check<'class'> }
  | { readonly on: 'handler'; readonly check: Check<'handler'> }
  | { readonly on: 'assert'; readonly check: Check<'assert'> }

export interface Rule {
  /** `LANGUAGE/NAME`: also the path of the rule's file and of its fixtures. */
  readonly id: string
  readonly title: string
  readonly cwe: number
  readonly owasp: string
  readonly severity: Severity
  readonly confidence: Confidence
  readonly tier: Tier
  /** What an attacker does, and what to write instead. */
  readonly message: string
  readonly listeners: readonly Listener[]
  /** How to mend what it reports, the best way first. */
  readonly fixes?: readonly Fix[]
}

export function defineRule(rule: Rule): Rule {
  return rule
}

export function onSink(weakness: Weakness, check: Check<'sink'>): Listener {
  return { on: 'sink', weakness, check }
}

export function onCall(names: readonly string[], check: Check<'call'>): Listener {
  return { on: 'call', names, check }
}

/** Every call, whatever it is: for what no name tells. */
export function onAnyCall(check: Check<'call'>): Listener {
  return { on: 'call', names: ['*'], check }
}

/** What is given a value under a name that matters; whether it does is asked once for each name. */
export function onSet(named: (name: string) => boolean, check: Check<'set'>): Listener {
  return { on: 'set', named, check }
}
