import type { Origin } from '../engine/taint.ts'

/** What the program calls the thing that came in: `filename` for `options.filename` as for a parameter of that name. */
export function nameOfOrigin({ key }: Origin): string {
  return key.slice(key.lastIndexOf('.') + 1)
}
