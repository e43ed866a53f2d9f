import type { Floor } from '../config.ts'
import type { Drawing } from '../records/drawing.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Score } from '../records/score.ts'
import type { Unknown } from '../records/verdict.ts'
import { leadersIn } from './rank.ts'
import { unknownOfRounds } from './round-result.ts'
import type { Strategy } from '../records/strategy.ts'

type Entry = [Unknown['what'], string | undefined]

/** What models were asked for and did not give. */
export function unknownOfModels(evidence: Evidence, given: { ranking: readonly Score[]; strategy: Strategy; floor: Floor }): Entry[] {
  return [...writings(evidence).flatMap(unwritten), ...unknownOfRounds(evidence), ...untested(evidence), ...unscored(evidence, given)]
}

/** How programs were written, the first round first. */
function writings({ drawing, rounds = [] }: Evidence): Drawing[] {
  return [...(drawing === undefined ? [] : [drawing]), ...rounds.flatMap((round) => (round.kind === 'sampling' ? [] : [round.drawing]))]
}

function unwritten(drawing: Drawing): Entry[] {
  const { asked, unusable, failures, cutOff, substitutes, model } = drawing
  return [
    ['candidates', part(unusable, asked, { what: 'answers hold no program', why: ({ reason }) => reason })],
    ['candidates', part(failures, asked, { what: 'answers could not be had', why: ({ code, message }) => `${code}: ${message}` })],
    ['candidates', cutOff.length === 0 ? undefined : `the program breaks off with the answer in ${cutOff.join(', ')}`],
    ['candidates', substitutes.length === 0 ? undefined : `${model} was asked, and ${substitutes.join(', ')} answered`],
  ]
}

function untested({ writing }: Evidence): Entry[] {
  if (writing === undefined) return []
  const { asked, failures, unread, tests } = writing
  return [
    ['generated-tests', part(failures, asked, { what: 'answers with tests could not be had', why: ({ code, message }) => `${code}: ${message}` })],
    ['generated-tests', part(unread, unread.length + tests, { what: 'assertions that the model wrote could not be read', why: ({ reason }) => reason })],
  ]
}

function unscored(evidence: Evidence, { ranking, strategy, floor }: { ranking: readonly Score[]; strategy: Strategy; floor: Floor }): Entry[] {
  const { likelihoods, drawing, task } = evidence
  const missing = likelihoods.filter(({ value }) => value === undefined)
  if (strategy.evidence.likelihood && likelihoods.length > 0)
    return [['likelihood', part(missing, likelihoods.length, { what: `candidates that were left equal have no likelihood (${likelihoods[0]!.tier})`, why: ({ unknown }) => unknown ?? 'it was not said why' })]]
  if (drawing === undefined || !strategy.evidence.likelihood) return [['likelihood', 'no model scored the candidates']]
  const alone = leadersIn(ranking, { floor, language: task.language }).length < 2
  return [['likelihood', `no model scored the candidates: ${alone ? 'what was seen leaves one in front' : 'none of them could be chosen'}`]]
}

/** "2 of 11 answers hold no program (prose 1, refused 1)". */
function part<Item>(items: readonly Item[], all: number, { what, why }: { what: string; why: (item: Item) => string }): string | undefined {
  const reasons = [...Map.groupBy(items, why)].map(([reason, { length }]) => (length === items.length ? reason : `${reason} ${length}`))
  return items.length === 0 ? undefined : `${items.length} of ${all} ${what} (${reasons.join(', ')})`
}
