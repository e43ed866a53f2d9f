import type { ClassNode, FunctionNode } from '../ir/statement.ts'
import { empty, type Persistent } from './persistent.ts'
import type { Value } from './value.ts'

/** One running function (or module): its variables and what surrounds it. */
export interface Frame {
  variables: Persistent<Value>
  readonly parent: Frame | undefined
  readonly function: FunctionNode | undefined
  readonly class: ClassReference | undefined
  readonly globals: Set<string>
  /** What it returns goes to whoever asked (`html`, `json`: as that), or it holds a request and may answer it. */
  readonly answers: 'html' | 'json' | 'unknown' | 'request' | undefined
}

/** A class of the file. `fields` gathers what any method puts into `self`. */
export interface ClassReference {
  readonly node: ClassNode
  readonly frame: Frame
  readonly fields: Map<string, Value>
  readonly methods: Map<string, FunctionNode>
  readonly bases: readonly ClassReference[]
  /** Names of bases from elsewhere, resolved (`pickle.Unpickler`). */
  readonly foreign: readonly string[]
}

export function newFrame(options: Partial<Frame> = {}): Frame {
  return {
    variables: empty,
    parent: options.parent,
    function: options.function,
    class: options.class,
    globals: new Set(),
    answers: options.answers,
  }
}

export function methodOf(owner: ClassReference, name: string, depth = 0): FunctionNode | undefined {
  const own = owner.methods.get(name)
  if (own !== undefined || depth > 4) return own
  for (const base of owner.bases) {
    const found = methodOf(base, name, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

export function fieldOf(owner: ClassReference, name: string, depth = 0): Value | undefined {
  const own = owner.fields.get(name)
  if (own !== undefined || depth > 4) return own
  for (const base of owner.bases) {
    const found = fieldOf(base, name, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** Every foreign name a class descends from. */
export function ancestorsOf(owner: ClassReference, depth = 0): string[] {
  return depth > 4 ? [] : [...owner.foreign, ...owner.bases.flatMap((base) => ancestorsOf(base, depth + 1))]
}
