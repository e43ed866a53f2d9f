import type { Floor } from '../config.ts'
import type { Cluster } from '../records/behavior.ts'
import type { Evidence } from '../records/evidence.ts'
import { type Familiarity, isFamiliar } from '../records/familiarity.ts'
import type { Score } from '../records/score.ts'
import type { Choice } from '../records/verdict.ts'
import { isPermitted, nameOf, tellingIn, unreadIn } from './floor.ts'
import type { Strategy } from '../records/strategy.ts'

type Abstention = Pick<Choice & { kind: 'abstained' }, 'reason' | 'detail'>

/** Why the best candidate is not good enough to choose; `undefined` when it is. Missing evidence is never a pass (law 1). */
export function abstention(
  evidence: Evidence,
  { ranking, strategy, floor, clusters }: { ranking: readonly Score[]; strategy: Strategy; floor: Floor; clusters: readonly Cluster[] },
): Abstention | undefined {
  const [best] = ranking
  if (evidence.familiarity !== undefined && !isFamiliar(evidence.familiarity)) return { reason: 'unfamiliar', detail: strangeness(evidence.familiarity, evidence.task) }
  if (best === undefined) return { reason: 'no-candidates', detail: 'there was nothing to choose from' }
  if (best.rejected !== undefined || best.parses === false) {
    return { reason: 'all-rejected', detail: `no candidate is a program: the best of them ${best.rejected === undefined ? 'does not parse' : `is ${best.rejected}`}` }
  }
  const isAbove = (score: Score) => isPermitted(score, floor, evidence.task.language)
  if (!isAbove(best)) return notAbove(evidence, { best, floor })
  const execution = evidence.executions.find(({ candidate }) => candidate === best.candidate)
  if (execution === undefined || execution.outcome === 'unsupported') {
    return { reason: 'nothing-ran', detail: `nothing could be run${execution?.error === undefined ? '' : `: ${execution.error.type}: ${execution.error.message}`}` }
  }
  const { outside, inProcess } = best.publicTests
  const failed = outside.failed + inProcess.failed
  const unknown = outside.unknown + inProcess.unknown
  const passed = outside.passed + inProcess.passed
  const among = ranking.some((score) => score.rejected === undefined && score.parses !== false && !isAbove(score)) ? 'no candidate above the security floor' : 'no candidate'
  if (failed > 0) return { reason: 'tests-failed', detail: `${among} passes every test: the best one fails ${failed} of ${failed + passed + unknown}` }
  if (unknown > 0) return { reason: 'tests-unknown', detail: `${unknown} of ${passed + unknown} tests could not be run here` }
  return passed > 0 ? undefined : withoutTests(evidence, { best, strategy, clusters })
}

function strangeness({ model, perCharacter, least, unknown }: Familiarity, { language }: Evidence['task']): string {
  if (least === undefined) return `${model} knows no ${language}`
  const seen = perCharacter === undefined ? `how far could not be found out: ${unknown}` : `log p ${perCharacter.toFixed(2)} a character, and of what it knows at least ${least.toFixed(2)}`
  return `the task is far from what ${model} was trained for (${seen})`
}

/** Nothing is above the security floor: what was found in the best of what there is, or why it could not be read. */
function notAbove({ scans }: Evidence, { best, floor }: { best: Score; floor: Floor }): Abstention {
  const scan = scans.find(({ candidate }) => candidate === best.candidate)
  if (best.floor === 'below') {
    const [worst] = scan === undefined ? [] : tellingIn(scan, floor)
    return { reason: 'below-floor', detail: `no candidate is above the security floor${worst === undefined ? '' : `: the best of them has ${nameOf(worst)}`}` }
  }
  const unread = scan === undefined ? undefined : unreadIn(scan)
  return { reason: 'floor-unknown', detail: `no candidate is known to be above the security floor: the best of them was not read to its end${unread === undefined ? '' : ` (${unread.path}: ${unread.reason})`}` }
}

/** Where no test says so, a program is chosen only because others that were written independently do the same. */
function withoutTests(evidence: Evidence, { best, strategy, clusters }: { best: Score; strategy: Strategy; clusters: readonly Cluster[] }): Abstention | undefined {
  const { outside, inProcess } = best.publicTests
  const none = (outside.idle ?? 0) + (inProcess.idle ?? 0) > 0 ? 'there is no test but what a program passes that does nothing' : 'there is no test'
  if (strategy.evidence.agreement === 'none' && strategy.evidence.likelihood) {
    return best.likelihood === undefined ? { reason: 'no-likelihood', detail: `${none}, and no likelihood by which candidates could be compared` } : undefined
  }
  if (strategy.evidence.agreement === 'none') return { reason: 'no-agreement', detail: `${none}, and this strategy looks at nothing else` }
  const cluster = best.cluster === undefined ? undefined : clusters[best.cluster]
  // A proposal that was handed in twice is one voice.
  const voices = cluster?.members.length ?? 0
  const execution = evidence.executions.find(({ candidate }) => candidate === best.candidate)
  const backed = evidence.task.tests.filter(
    ({ source }, position) => source === 'generated' && execution?.tests[position] === 'passed' && execution.idle?.includes(position) !== true,
  ).length
  const compared = cluster !== undefined && cluster.returned > 0
  if (compared && voices + backed >= 2) return undefined
  const detail = `${none}, and no ${compared ? 'two candidates do the same' : 'input on which candidates could be compared'}`
  return { reason: 'no-agreement', detail }
}
