import type { RecordedRun } from '../../index.ts'
import { labelOf } from '../cli/fate.ts'

/** Candidates' names by their content. */
export function labelsOf({ screenings }: Pick<RecordedRun, 'screenings'>): Map<string, string> {
  return new Map(screenings.map((screening) => [screening.candidate, labelOf(screening)]))
}

/** A number with what it counts. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

export function seconds(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100) / 10
  if (tenths < 60) return `${tenths.toFixed(1)} s`
  return `${Math.floor(tenths / 60)} min ${Math.round(tenths % 60)} s`
}
