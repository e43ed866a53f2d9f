import type { RecordedRun } from '../../index.ts'
import { labelOf } from '../cli/fate.ts'

/** Candidates' names by their content: those of the ranking, and of what stands there no more those that it had. */
export function labelsOf({ screenings, verdict }: Pick<RecordedRun, 'screenings' | 'verdict'>): Map<string, string> {
  return new Map([...screenings, ...(verdict?.ranking ?? [])].map((named) => [named.candidate, labelOf(named)]))
}

/** The name that each had first, by which dialogues and revisions know it. */
export function firstNamesOf({ screenings }: Pick<RecordedRun, 'screenings'>): Map<string, string> {
  return new Map(screenings.map(({ candidate, ids }) => [candidate, labelOf({ ids: ids.slice(0, 1) })]))
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
