import type { RecordedRun } from '../../index.ts'
import { attacksOf, type AttackTold, observedIn, triedIn } from '../report/attack.ts'
import { firstNamesOf, labelsOf } from '../report/names.ts'
import type { Bounds } from './bounds.ts'

/** What critics attacked the programs with, and what was seen of it. */
export function renderAttacks(run: RecordedRun, bounds: Bounds): string {
  return bounds.first(attacksOf(run), 'findings', { show: (attack) => told(attack, run, bounds), what: 'attacks' })
}

function told({ input, tries, others, isUnfinished }: AttackTold, run: RecordedRun, bounds: Bounds): string {
  const names = firstNamesOf(run)
  const labels = labelsOf(run)
  const made = bounds.first(tries, 'claims', { show: (tried) => `    ${names.get(tried.first.candidate) ?? tried.first.candidate}, ${triedIn(tried)}: ${bounds.line(observedIn(tried.first))}\n`, what: 'tries' })
  const rest = (digests: readonly string[], how: string) => (digests.length === 0 ? '' : `    ${bounds.names(digests.map((digest) => labels.get(digest) ?? digest))}: ${how}\n`)
  return `  ${bounds.line(input)}\n${made}${rest(others?.through ?? [], 'an attack of this kind came through there too')}${rest(others?.held ?? [], 'tried there too, and nothing came through')}${isUnfinished ? '    what it does to the other programs is not known: the run ended before\n' : ''}`
}
