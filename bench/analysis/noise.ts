// How much is said about code that is in use everywhere: `noise.ts FOLDER... [--list=N] [--tier=vulnerability]`.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../src/records/finding.ts'
import { scan } from '../../src/finding/scan.ts'

const tests =
  /(^|\/)(tests?|testing|site-packages|idlelib|lib2to3|__tests__|examples?|docs?|fixtures)\/|(^|\/)(test_\w+|conftest)\.py$|(^|\/)node_modules\/|\.min\.\w+$|\.d\.[mc]?ts$|\.(test|spec)\.\w+$/

export interface Noise {
  readonly files: number
  readonly lines: number
  readonly findings: readonly Finding[]
  readonly incomplete: readonly string[]
  readonly milliseconds: readonly { readonly path: string; readonly lines: number; readonly time: number }[]
}

export async function scanFolder(folder: string, pattern: string): Promise<Noise> {
  const paths = globSync(pattern, { cwd: folder })
    .filter((path) => !tests.test(path))
    .sort()
  const findings: Finding[] = []
  const incomplete: string[] = []
  const milliseconds: { path: string; lines: number; time: number }[] = []
  let lines = 0
  for (const path of paths) {
    const content = readFileSync(join(folder, path), 'utf8')
    const started = performance.now()
    const result = await scan([{ path, content }])
    const count = content.split('\n').length
    milliseconds.push({ path, lines: count, time: performance.now() - started })
    lines += count
    findings.push(...result.findings)
    incomplete.push(
      ...result.coverage.filter(({ kind }) => kind !== 'read').map((item) => `${path}: ${item.kind === 'read' ? '' : item.reason}`),
    )
  }
  return { files: paths.length, lines, findings, incomplete, milliseconds }
}

export function perThousand(noise: Noise, tier: Finding['tier']): number {
  return (noise.findings.filter((finding) => finding.tier === tier).length / noise.lines) * 1000
}

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

if (import.meta.main) {
  const pattern = option('glob') ?? '**/*.py'
  for (const folder of process.argv.slice(2).filter((argument) => !argument.startsWith('--'))) {
    const noise = await scanFolder(folder, pattern)
    const shown = noise.findings.filter(({ tier }) => tier === (option('tier') ?? 'vulnerability'))
    console.log(
      `${folder}: ${noise.files} files, ${noise.lines} lines, vulnerability ${perThousand(noise, 'vulnerability').toFixed(2)}, hygiene ${perThousand(noise, 'hygiene').toFixed(2)} per 1,000 lines`,
    )
    for (const [rule, group] of [...Map.groupBy(shown, ({ rule }) => rule)].sort((a, b) => b[1].length - a[1].length))
      console.log(`  ${rule} ${group.length}`)
    for (const line of noise.incomplete) console.log(`  incomplete ${line}`)
    const times = noise.milliseconds.toSorted((a, b) => a.time - b.time)
    const small = times.filter(({ lines }) => lines <= 200)
    const at = (list: typeof times, share: number) => list[Math.min(list.length - 1, Math.floor(list.length * share))]?.time.toFixed(2)
    console.log(
      `  <= 200 lines: p50 ${at(small, 0.5)} p99 ${at(small, 0.99)} ms; slowest ${times
        .slice(-5)
        .map(({ path, lines, time }) => `${path} ${lines} lines ${time.toFixed(0)} ms`)
        .join(', ')}`,
    )
    const wanted = Number(option('list') ?? 0)
    const step = Math.max(1, Math.floor(shown.length / Math.max(1, wanted)))
    for (const finding of shown.filter((_, i) => wanted > 0 && i % step === 0)) {
      const text = readFileSync(join(folder, finding.path), 'utf8').slice(finding.span.start, finding.span.end).replace(/\s+/g, ' ')
      console.log(
        `${finding.path}:${finding.span.line} ${finding.rule} ${finding.confidence} | ${text.slice(0, 140)} | ${finding.trace
          .map((step) => `${step.span.line}:${step.note}`)
          .join(' > ')
          .slice(0, 120)}`,
      )
    }
  }
}
