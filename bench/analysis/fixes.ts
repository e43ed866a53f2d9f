// How much of what is found is mended: `fixes.ts [--data=FOLDER] [--every=N] [--show]`, or as part of `main.ts --fixes`.
import { fixesOf } from '../../src/finding/fix/fixes.ts'
import { fixFile } from '../../src/finding/fix/fix-file.ts'
import { scan } from '../../src/finding/scan.ts'
import { readPairs } from './data.ts'

export interface FixTally {
  readonly name: string
  readonly programs: number
  readonly found: number
  /** Of rules that have a fix. */
  readonly fixable: number
  readonly fixed: number
  readonly fixedUnsafely: number
  readonly refusals: ReadonlyMap<string, number>
}

/** Mends every finding of a set's vulnerable programs, or of one in so many; each result must stand a second run without a change. */
export async function measureFixes(
  name: string,
  language: string,
  options: { every?: number; onFix?: (text: string) => unknown } = {},
): Promise<FixTally | undefined> {
  const pairs = readPairs(name)?.filter((pair, i) => pair.language === language && i % (options.every ?? 1) === 0)
  if (pairs === undefined) return undefined
  const tally = { found: 0, fixable: 0, fixed: 0, fixedUnsafely: 0 }
  const refusals = new Map<string, number>()
  for (const { id, vulnerable } of pairs) {
    const file = { path: 'program', content: vulnerable }
    const { findings } = await scan([file], { language })
    const [safe, unsafe] = [await fixFile(file, findings, { language }), await fixFile(file, findings, { language, unsafe: true })]
    const after = await scan([{ ...file, content: unsafe.content }], { language })
    const again = await fixFile({ ...file, content: unsafe.content }, after.findings, { language, unsafe: true })
    if (again.content !== unsafe.content) throw new Error(`${name} ${id}: a second run changes something`)
    if (after.findings.length > findings.length) throw new Error(`${name} ${id}: more findings than before`)
    tally.found += findings.length
    tally.fixable += findings.filter(({ rule }) => fixesOf(rule).length > 0).length
    tally.fixed += safe.applied.length
    tally.fixedUnsafely += unsafe.applied.length
    for (const { finding, reason } of unsafe.refused)
      refusals.set(`${finding.rule}: ${reason}`, (refusals.get(`${finding.rule}: ${reason}`) ?? 0) + 1)
    if (unsafe.applied.length > 0)
      options.onFix?.(
        `=== ${id}\n${unsafe.applied.map(({ finding, fix }) => `${finding.rule} ${fix.behaviour}`).join('\n')}\n${linesThatDiffer(vulnerable, unsafe.content)}`,
      )
  }
  return { name, programs: pairs.length, ...tally, refusals }
}

export function describe({ name, programs, found, fixable, fixed, fixedUnsafely }: FixTally): string {
  const share = (part: number) => `${part} (${((100 * part) / Math.max(1, found)).toFixed(1)} %)`
  return `${name}: ${found} findings in ${programs} programs; ${share(fixable)} of rules with a fix, ${share(fixed)} mended by \`--fix\`, ${share(fixedUnsafely)} with \`--unsafe-fixes\`.`
}

function linesThatDiffer(before: string, after: string): string {
  const [old, fresh] = [before, after].map((text) => text.split('\n')) as [string[], string[]]
  return [
    ...old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`),
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ].join('\n')
}

if (import.meta.main) {
  const every = Number(process.argv.find((argument) => argument.startsWith('--every='))?.slice(8) ?? 1)
  for (const [name, language] of [
    ['sven-python', 'python'],
    ['cyberseceval-python', 'python'],
    ['safecoder', 'javascript'],
  ] as const) {
    const tally = await measureFixes(name, language, { every, ...(process.argv.includes('--show') && { onFix: console.log }) })
    if (tally === undefined) continue
    console.log(describe(tally))
    for (const [reason, count] of [...tally.refusals].sort((a, b) => b[1] - a[1]).slice(0, 15)) console.log(`  ${count} ${reason}`)
  }
}
