import type { Floor } from '../config.ts'
import type { Cluster } from '../records/behavior.ts'
import { type Evidence, inheritorsIn } from '../records/evidence.ts'
import type { Finding } from '../records/finding.ts'
import type { Score, TestTally } from '../records/score.ts'
import { isBelow, nameOf, tellingIn, unreadIn } from './floor.ts'

const rejections = { empty: 'has no code in it', placeholder: 'is only a placeholder', repetitive: 'repeats itself beyond reason' } as const

/** One sentence on why a candidate stands where it stands. */
export function reasonFor(score: Score, { evidence, floor, clusters }: { evidence: Evidence; floor: Floor; clusters: readonly Cluster[] }): string {
  if (score.rejected !== undefined) return `rejected: it ${(rejections as Record<string, string>)[score.rejected] ?? score.rejected}`
  if (score.parses === false) return 'rejected: it does not parse'
  const execution = evidence.executions.find(({ candidate }) => candidate === score.candidate)
  if (execution === undefined) return 'was not run'
  const parts = [
    ...security(evidence, score, floor),
    execution.outcome === 'completed' ? undefined : `ended early: ${execution.error === undefined ? execution.outcome : `${execution.error.type}: ${execution.error.message}`}`,
    tests('tests', score.publicTests.outside),
    tests('in-process tests', score.publicTests.inProcess),
    firstFailure(evidence, score),
    namesMissing(evidence, score),
    score.typeErrors === undefined || score.typeErrors === 0 ? undefined : `has ${score.typeErrors} type error${score.typeErrors === 1 ? '' : 's'}`,
    company(score, evidence, clusters),
    score.likelihood === undefined ? undefined : `likelihood ${score.likelihood.toFixed(2)}`,
    score.opinion === undefined ? undefined : `does what a model says is ${score.opinion > 0 ? '' : 'not '}wanted where the best two differ`,
  ]
  return parts.filter((part) => part !== undefined).join('; ') || 'there was nothing to try it on'
}

function namesMissing({ screenings }: Evidence, { candidate }: Score): string | undefined {
  const names = screenings.find((screening) => screening.candidate === candidate)?.undefinedNames ?? []
  return names.length === 0 ? undefined : `uses ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}, which nothing defines`
}

/** What was found in a candidate's source, the worst of it in full, and what was left unread. */
function security({ scans }: Evidence, score: Score, floor: Floor): string[] {
  const scan = scans.find(({ candidate }) => candidate === score.candidate)
  if (scan === undefined) return []
  const [worst, ...others] = tellingIn(scan, floor)
  const unread = unreadIn(scan)
  return [
    ...(worst === undefined ? [] : [`${isBelow(worst, floor) ? 'below the security floor' : 'may be insecure'}: ${told(worst)}${others.length === 0 ? '' : ` (and ${others.length} more)`}`]),
    ...(unread === undefined ? [] : [`not read to its end for weaknesses (${unread.path}: ${unread.reason})`]),
  ]
}

/** The first sentence says what an attacker does; what to write instead is in the finding. */
function told(finding: Finding): string {
  const { message } = finding
  return `${nameOf(finding)}: ${/^.*?(?=\.(\s|$))/.exec(message)?.[0] ?? message}`
}

function tests(what: string, { passed, failed, unknown, idle = 0 }: TestTally): string | undefined {
  const all = passed + failed + unknown
  if (all + idle === 0) return undefined
  const aside = [...(unknown > 0 ? [`${unknown} unknown`] : []), ...(idle > 0 ? [`${idle} more that doing nothing passes`] : [])]
  return `passes ${passed} of ${all} ${what}${aside.length > 0 ? ` (${aside.join(', ')})` : ''}`
}

function firstFailure({ task, executions }: Evidence, { candidate, publicTests }: Score): string | undefined {
  if (publicTests.outside.failed + publicTests.inProcess.failed === 0) return undefined
  const outcomes = executions.find((execution) => execution.candidate === candidate)?.tests ?? []
  const position = task.tests.findIndex((test, index) => test.source !== 'generated' && !['passed', 'unsupported'].includes(outcomes[index] ?? 'unsupported'))
  const text = task.tests[position]?.text.trim().split('\n', 1)[0] ?? ''
  return position === -1 ? undefined : `first ${outcomes[position]}: ${text.length > 100 ? `${text.slice(0, 99)}…` : text}`
}

function company({ cluster, ids }: Score, evidence: Evidence, clusters: readonly Cluster[]): string | undefined {
  const own = cluster === undefined ? undefined : clusters[cluster]
  if (own === undefined) return undefined
  const all = clusters.reduce((sum, { mass }) => sum + mass, 0)
  const inheritors = inheritorsIn(evidence)
  const isDrawn = (names: readonly string[]) => names.some((name) => !inheritors.has(name))
  if (!isDrawn(ids)) {
    const drawn = evidence.screenings.some((screening) => own.members.includes(screening.candidate) && isDrawn(screening.ids))
    return drawn ? `behaves like ${own.mass} of those before it` : 'behaves like none of those before it'
  }
  return own.mass > 1 ? `behaves like ${own.mass - 1} of ${all - 1} others` : 'behaves like no other'
}
