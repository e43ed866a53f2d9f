import type { Floor } from '../config.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Score } from '../records/score.ts'
import type { Unknown } from '../records/verdict.ts'
import { unknownOfCritics } from './critics.ts'
import { unreadIn } from './floor.ts'
import type { Strategy } from '../records/strategy.ts'
import { unknownOfModels } from './unknown-of-models.ts'

/** What the verdict does not know. Each line is something that nobody looked at or that could not be tried here. */
export function unknownsOf(evidence: Evidence, given: { ranking: readonly Score[]; strategy: Strategy; floor: Floor }): Unknown[] {
  const { task, screenings, scans, distinctions } = evidence
  const { ranking, strategy } = given
  // What was rejected before it ran is known well enough.
  const attempts = ranking.filter(({ rejected }) => rejected === undefined)
  const count = (wanted: (score: Score) => boolean) => attempts.filter(wanted).length
  const vouched = task.tests.filter(({ source }) => source !== 'generated')
  const known: [Unknown['what'], string | undefined][] = [
    ['parse', some(count(({ parses }) => parses === undefined), 'too large to parse')],
    ['types', some(screenings.filter(({ types }) => types?.kind === 'unknown').length, 'not type-checked')],
    ...lacking(evidence),
    ...scanned(attempts, scans),
    ['public-tests', vouched.length === 0 ? 'no test was given, and none was found in the task' : strategy.evidence.tests ? undefined : `the strategy ${strategy.name} does not look at tests`],
    ['public-tests', some(count(({ publicTests: { outside, inProcess } }) => outside.unknown + inProcess.unknown > 0), 'left with tests that could not be run here')],
    ['public-tests', idle(evidence)],
    ['public-tests', some(count(({ publicTests: { outside, inProcess } }) => inProcess.passed > 0 && outside.passed === 0), "vouched for only by tests inside the candidate's process, which a program can forge")],
    ['agreement', count(({ agreement }) => agreement !== undefined) > 0 ? undefined : uncompared(evidence, strategy)],
    ...unknownOfModels(evidence, given),
    ['opinion', distinctions.map(({ unknown }) => unknown && `no model says which of the two best ways of behaving is wanted: ${unknown}`)[0]],
    ...unknownOfCritics(evidence),
  ]
  return known.flatMap(([what, detail]) => (detail === undefined ? [] : [{ what, detail }]))
}

/** Candidates that could not run here, by what they need. */
function lacking({ executions }: Evidence): [Unknown['what'], string | undefined][] {
  const reasons = Map.groupBy(executions.filter(({ outcome }) => outcome === 'unsupported'), ({ error }) => (error === undefined ? '' : ` (${`${error.type}: ${error.message}`.slice(0, 100)})`))
  return [...reasons].map(([reason, { length }]) => ['execution', some(length, `in need of something that is not here${reason}`)])
}

function uncompared({ inputs, task }: Evidence, { evidence: looks }: Strategy): string {
  if (looks.agreement === 'none') return 'the strategy does not compare candidates'
  if (looks.agreement === 'dual' && task.tests.every(({ source }) => source !== 'generated')) return 'there is no test by a model to compare candidates on'
  return inputs.length === 0 ? 'no input could be made to compare candidates on' : 'no candidate ran, so that none was compared with another'
}

/** Candidates that were not read to their end, by what stood in the way. Names of files are left out: each candidate has its own. */
function scanned(attempts: readonly Score[], scans: Evidence['scans']): [Unknown['what'], string | undefined][] {
  // A program that does not parse is no candidate for anything.
  const unknown = new Set(attempts.filter(({ floor, parses }) => floor === 'unknown' && parses !== false).map(({ candidate }) => candidate))
  const without = unknown.size - scans.filter(({ candidate }) => unknown.has(candidate)).length
  const reasons = Map.groupBy(scans.filter(({ candidate }) => unknown.has(candidate)), (scan) => unreadIn(scan)?.reason ?? 'there is nothing in it')
  return [
    ['security-floor', some(without, 'not scanned for weaknesses')],
    ...[...reasons].map(([reason, { length }]): [Unknown['what'], string | undefined] => ['security-floor', some(length, `not read to its end for weaknesses (${reason})`)]),
  ]
}

/** Tests that say nothing of any program, by the first of them. */
function idle({ task, executions }: Evidence): string | undefined {
  const positions = new Set(executions.flatMap((execution) => execution.idle ?? []))
  const [first, ...others] = task.tests.filter(({ source }, position) => source !== 'generated' && positions.has(position))
  if (first === undefined) return undefined
  const text = first.text.trim().split('\n', 1)[0] ?? ''
  return `a program that does nothing passes ${text.length > 100 ? `${text.slice(0, 99)}…` : text}${others.length > 0 ? ` and ${others.length} more` : ''}, so that passing says nothing`
}

function some(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count === 1 ? '1 candidate is' : `${count} candidates are`} ${what}`
}
