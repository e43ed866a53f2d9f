import type { Span } from '../ir/expression.ts'
import type { Program } from '../ir/statement.ts'

/** Positions of the file being analysed are below this; each file beside it has a stretch of this length of its own. */
export const stride = 1 << 23

/** Whether a place is in the file being analysed. */
export function isOwn({ start }: Pick<Span, 'start'>): boolean {
  return start < stride
}

/** Another of the files given: its program has its positions from `base` on. */
export interface NeighbourFile {
  readonly base: number
  readonly text: string
  readonly program: Program
}

/** The files given beside the one being analysed. */
export interface Beside {
  /** The file that a module's name means in the file of that position; none for what is not given, or cannot be read to its end. */
  named(module: string, position: number): NeighbourFile | undefined
  at(position: number): NeighbourFile | undefined
}

/** The program with all its positions moved. */
export function moved(program: Program, by: number): Program {
  return replaced(program, (_, position) => position + by)
}

/** The program with all of it in one place. */
export function placed(program: Program, { start, end }: Span): Program {
  return replaced(program, (which) => (which === 'start' ? start : end))
}

function replaced(program: Program, position: (which: 'start' | 'end', before: number) => number): Program {
  const known = new Map<object, object>()
  const replace = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node
    const done = known.get(node)
    if (done !== undefined) return done
    const copy: Record<string, unknown> | unknown[] = Array.isArray(node) ? [] : {}
    known.set(node, copy)
    for (const [key, value] of Object.entries(node))
      Reflect.set(copy, key, (key === 'start' || key === 'end') && typeof value === 'number' ? position(key, value) : replace(value))
    return copy
  }
  return replace(program) as Program
}
