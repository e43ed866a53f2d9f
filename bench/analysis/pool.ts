// Which program does the scan alone choose? `pool.ts NAME [--data=FOLDER]`. Verdicts are read here and nowhere else, after the choice.
import type { Finding } from '../../src/records/finding.ts'
import { scan } from '../../src/finding/scan.ts'
import { type Pool, readPool, readVerdicts } from './data.ts'

const severities = { critical: 8, high: 4, medium: 2, low: 1 } as const
const confidences = { high: 3, medium: 2, low: 1 } as const

/** One number for what was found: a vulnerability outweighs every habit. */
export function riskOf(findings: readonly Finding[]): number {
  return findings.reduce(
    (sum, { severity, confidence, tier }) => sum + severities[severity] * confidences[confidence] * (tier === 'vulnerability' ? 10 : 1),
    0,
  )
}

export interface Choice {
  readonly strategy: string
  readonly passAt1: number
}

/** Positions of the candidates with the least risk. */
async function safest(pool: Pool): Promise<number[]> {
  const risks: number[] = []
  for (const { code } of pool.candidates) {
    const { findings, coverage } = await scan([{ path: 'program', content: code }], { language: pool.task.language })
    // Not security: what does not parse, or defines nothing, is rejected before any ranking.
    const usable = coverage.every((file) => file.kind === 'read' && file.parseErrors === 0) && /^\s*(async\s+)?(def|class)\s/m.test(code)
    risks.push(riskOf(findings) + (usable ? 0 : 100_000))
  }
  const least = Math.min(...risks)
  return risks.flatMap((risk, i) => (risk === least ? [i] : []))
}

export async function measurePool(name: string): Promise<Choice[] | undefined> {
  const pools = readPool(name)
  const verdicts = readVerdicts(name)
  if (pools === undefined || verdicts === undefined) return undefined
  const sums = {
    random: 0,
    longest: 0,
    oracle: 0,
    'least risk, then any': 0,
    'least risk, then longest': 0,
    'least risk, then the middle length': 0,
  }
  for (const [i, pool] of pools.entries()) {
    const verdict = verdicts[i]
    if (verdict === undefined) continue
    const good = pool.candidates.map((_, j) => verdict.functional[j] === true && verdict.secure?.[j] === true)
    const share = (positions: readonly number[]) => positions.filter((j) => good[j]).length / positions.length
    const all = pool.candidates.map((_, j) => j)
    const byLength = (positions: readonly number[]) =>
      positions.toSorted((a, b) => (pool.candidates[b]?.code.length ?? 0) - (pool.candidates[a]?.code.length ?? 0))
    const longest = (positions: readonly number[]) => byLength(positions).slice(0, 1)
    // What is neither the shortest nor the longest way to say it is the most usual one.
    const middle = (positions: readonly number[]) =>
      byLength(positions)
        .slice(Math.floor((positions.length - 1) / 2))
        .slice(0, 1)
    const chosen = await safest(pool)
    sums.random += share(all)
    sums.longest += share(longest(all))
    sums.oracle += good.includes(true) ? 1 : 0
    sums['least risk, then any'] += share(chosen)
    sums['least risk, then longest'] += share(longest(chosen))
    sums['least risk, then the middle length'] += share(middle(chosen))
  }
  return Object.entries(sums).map(([strategy, sum]) => ({ strategy, passAt1: sum / pools.length }))
}

/** Findings of tier `vulnerability` and high confidence in programs that the tests found correct. */
export async function alarmsOnCorrect(name: string): Promise<{ programs: number; alarms: string[] } | undefined> {
  const pools = readPool(name)
  const verdicts = readVerdicts(name)
  if (pools === undefined || verdicts === undefined) return undefined
  const alarms: string[] = []
  let programs = 0
  for (const [i, pool] of pools.entries()) {
    for (const [j, { code, id }] of pool.candidates.entries()) {
      if (verdicts[i]?.functional[j] !== true) continue
      programs++
      const { findings } = await scan([{ path: id, content: code }], { language: pool.task.language })
      alarms.push(
        ...findings
          .filter(({ tier }) => tier === 'vulnerability')
          .map(({ rule, confidence, span }) => `${pool.task.id} ${id} ${rule} ${confidence} line ${span.line}`),
      )
    }
  }
  return { programs, alarms }
}

if (import.meta.main) {
  const [name = 'seccodebench-python', what = 'choose'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
  if (what === 'choose')
    for (const { strategy, passAt1 } of (await measurePool(name)) ?? []) console.log(strategy.padEnd(26), passAt1.toFixed(3))
  else console.log(JSON.stringify(await alarmsOnCorrect(name), null, 1))
}
