import type { Execution } from '../../records/execution.ts'
import type { CandidateScan } from '../../records/finding.ts'
import type { Screening } from '../../records/screening.ts'
import { cut, oneLine } from './text.ts'

const longestName = 80

/** A distinct candidate by the name of its first proposal. */
export function labelOf({ ids }: { ids: readonly string[] }): string {
  const first = cut(oneLine(ids[0] ?? ''), longestName)
  return ids.length === 1 ? first : `${first} (and ${ids.length - 1} alike)`
}

/** Why a candidate is not run, in words. */
export function rejectionOf({ degenerate }: Screening): string | undefined {
  return degenerate === undefined ? undefined : `rejected: ${degenerate}`
}

/** What a scan found in a candidate, in a few words. */
export function weaknessesOf(scan: CandidateScan | undefined): string {
  const findings = scan?.findings ?? []
  const vulnerabilities = findings.filter(({ tier }) => tier === 'vulnerability').length
  const parts = [count(vulnerabilities, 'vulnerability', 'vulnerabilities'), count(findings.length - vulnerabilities, 'bad habit', 'bad habits')]
  return parts.filter((part) => part !== '').join(', ')
}

function count(number: number, one: string, many: string): string {
  return number === 0 ? '' : `${number} ${number === 1 ? one : many}`
}

/** How a candidate's program ended and what its tests said. */
export function outcomeOf({ outcome, error, tests }: Execution): string {
  const said = error === undefined ? '' : ` (${oneLine(`${error.type}: ${error.message}`)})`
  const passed = tests.filter((test) => test === 'passed').length
  return `${outcome}${said}${tests.length === 0 ? '' : `, ${passed} of ${tests.length} tests passed`}`
}
