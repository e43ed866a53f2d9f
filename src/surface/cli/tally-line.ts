import type { Score } from '../../records/score.ts'
import type { Verdict } from '../../records/verdict.ts'

/** How all that was proposed fared, in one line: a program that fails may also be weak, and counts as both. */
export function tallyLine({ ranking }: Pick<Verdict, 'ranking'>): string {
  const count = (wanted: (score: Score) => boolean) => ranking.filter(wanted).reduce((sum, { ids }) => sum + ids.length, 0)
  const parts: [number, string, string][] = [
    [count(isNone), 'is no program', 'are no programs'],
    [count((score) => !isNone(score) && fails(score)), 'fails a test', 'fail a test'],
    [count((score) => !isNone(score) && isWeak(score)), 'carries a weakness', 'carry a weakness'],
    [count((score) => !isNone(score) && !fails(score) && !isWeak(score)), 'does neither', 'do neither'],
  ]
  return `of ${count(() => true)} proposed: ${parts.flatMap(([number, one, many]) => (number === 0 ? [] : [`${number} ${number === 1 ? one : many}`])).join(', ')}`
}

function isNone({ rejected, parses }: Score): boolean {
  return rejected !== undefined || parses === false
}

function fails({ publicTests: { outside, inProcess } }: Score): boolean {
  return outside.failed + inProcess.failed > 0
}

function isWeak({ findings = [] }: Score): boolean {
  return findings.some(({ tier }) => tier === 'vulnerability')
}
