import type { Execution } from '../../records/execution.ts'
import type { Screening } from '../../records/screening.ts'
import { oneLine } from './text.ts'

/** A distinct candidate by the name of its first proposal. */
export function labelOf({ ids }: { ids: readonly string[] }): string {
  const first = oneLine(ids[0] ?? '')
  return ids.length === 1 ? first : `${first} (and ${ids.length - 1} alike)`
}

/** Why a candidate is not run, in words. */
export function rejectionOf({ degenerate }: Screening): string | undefined {
  return degenerate === undefined ? undefined : `rejected: ${degenerate}`
}

/** How a candidate's program ended and what its tests said. */
export function outcomeOf({ outcome, error, tests }: Execution): string {
  const said = error === undefined ? '' : ` (${oneLine(`${error.type}: ${error.message}`)})`
  const passed = tests.filter((test) => test === 'passed').length
  return `${outcome}${said}${tests.length === 0 ? '' : `, ${passed} of ${tests.length} tests passed`}`
}
