import type { Finding } from '../../src/records/finding.ts'
import { scan } from '../../src/finding/scan.ts'
import { related } from './cwe.ts'
import { type Pair, readPairs } from './data.ts'

export interface Tally {
  readonly pairs: number
  readonly found: number
  readonly falsePositives: number
}

type Counts = (finding: Finding) => boolean

/** What counts as reported: every finding, or only those of tier `vulnerability`. */
export const counting: Record<string, Counts> = {
  any: () => true,
  vulnerability: (finding) => finding.tier === 'vulnerability',
}

export interface PairResult {
  readonly pair: Pair
  readonly vulnerable: readonly Finding[]
  readonly fixed: readonly Finding[]
}

export async function scanPairs(name: string, language: string): Promise<PairResult[] | undefined> {
  const pairs = readPairs(name)?.filter((pair) => pair.language === language)
  if (pairs === undefined) return undefined
  const results: PairResult[] = []
  for (const pair of pairs) {
    const [vulnerable, fixed] = await Promise.all([
      findingsIn(pair, pair.vulnerable),
      pair.fixed === undefined ? [] : findingsIn(pair, pair.fixed),
    ])
    results.push({ pair, vulnerable, fixed })
  }
  return results
}

async function findingsIn(pair: Pair, content: string): Promise<Finding[]> {
  const wanted = Number(pair.cwe.slice(4))
  const { findings } = await scan([{ path: 'program', content }], { language: pair.language })
  return findings.filter((finding) => finding.cwe !== undefined && related(finding.cwe, wanted))
}

export function tally(results: readonly PairResult[], counts: Counts): Tally {
  return {
    pairs: results.length,
    found: results.filter((result) => result.vulnerable.some(counts)).length,
    falsePositives: results.filter((result) => result.fixed.some(counts)).length,
  }
}

export function byCwe(results: readonly PairResult[]): Map<string, PairResult[]> {
  return Map.groupBy(results, (result) => result.pair.cwe)
}

if (import.meta.main) {
  const [name = 'sven-python', language = 'python', list, only] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
  const results = await scanPairs(name, language)
  if (results === undefined) console.log('the data is absent')
  for (const [cwe, group] of [...byCwe(results ?? []), ['all', results ?? []] as const]) {
    console.log(cwe, ...Object.entries(counting).map(([kind, counts]) => `${kind} ${JSON.stringify(tally(group, counts))}`))
  }
  for (const { pair, vulnerable, fixed } of results ?? []) {
    if (only !== undefined && !pair.cwe.includes(only)) continue
    if (list === 'missed' && vulnerable.length === 0) console.log('####', pair.id, pair.cwe, pair.line ?? '')
    if (list === 'false' && fixed.length > 0)
      console.log(
        '####',
        pair.id,
        pair.cwe,
        fixed.map(({ rule, tier, confidence, span }) => `${rule} ${tier} ${confidence} line ${span.line}`),
      )
  }
}
