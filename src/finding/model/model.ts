import type { CallEvent } from '../engine/event.ts'
import type { Machine } from '../engine/machine.ts'
import type { SourceKind, Weakness } from '../engine/taint.ts'
import type { Aspect, Facts, Value } from '../engine/value.ts'

/** What a call gives, and what it leaves in its receiver (`list.append`). */
export interface Outcome {
  readonly result: Value
  readonly receiver?: Value
}

type Part = 'all' | 'receiver' | 'arguments' | 'none' | number

/** What is known of a function. Without `from`, `source` or `returns` its result is made of all that went in. */
export interface CallModel {
  readonly source?: SourceKind
  readonly label?: string
  readonly returns?: string
  readonly from?: Part
  readonly safe?: readonly Weakness[] | 'everything'
  readonly aspect?: Aspect
  readonly normal?: boolean
  /** Runs the functions among its arguments itself, in `evaluate`. */
  readonly runs?: boolean
  /** Never comes back. */
  readonly exits?: boolean
  /** Coming back (`ensures`) or being true (`proves`) shows the first argument, or the receiver, to be safe. */
  readonly ensures?: { readonly of: 'receiver' | number; readonly safe: readonly Weakness[] | 'everything' }
  readonly proves?: { readonly of: 'receiver' | number; readonly safe: readonly Weakness[] | 'everything' }
  readonly facts?: (call: CallEvent, machine: Machine) => Facts | undefined
  readonly evaluate?: (call: CallEvent, machine: Machine) => Value | Outcome | undefined
}

/** What is known of a variable or an attribute. */
export interface ValueModel {
  /** The global that it is (`[].constructor.constructor` is `Function`). */
  readonly is?: string
  readonly type?: string
  readonly source?: SourceKind
  readonly label?: string
  readonly aspect?: Aspect
  readonly safe?: readonly Weakness[] | 'everything'
  /** Being false shows what it is read from to have these bits (`address.is_private`). */
  readonly refutes?: number
}

/** Which argument of a call is a dangerous place, and for what. */
export interface Sink {
  readonly weakness: Weakness
  readonly at: number | 'receiver' | 'any'
  readonly names?: readonly string[]
  readonly variant?: string
}

/** A framework or library as data. Names are resolved ones; `*.name` is a method of a receiver nobody knows. */
export interface Model {
  readonly name: string
  /** What a name means that nothing in the file defines: fragments come without their imports. */
  readonly ambient?: Readonly<Record<string, string>>
  /** Other names of the same thing, whole or as a prefix. */
  readonly aliases?: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, ValueModel>>
  readonly calls?: Readonly<Record<string, CallModel>>
  readonly sinks?: Readonly<Record<string, readonly Sink[]>>
  /** Types of parameters by their name. */
  readonly parameters?: Readonly<Record<string, string>>
  /** Classes whose methods of these names answer requests. */
  readonly handlers?: Readonly<Record<string, readonly string[]>>
}

export function defineModel(model: Model): Model {
  return model
}

export function sink(weakness: Weakness, at: Sink['at'], ...names: readonly string[]): Sink {
  return { weakness, at, names }
}
