// What a sandbox costs: `node bench/sandbox/main.ts [bubblewrap|deno] [POOL VERDICTS [TASKS]]`, on an idle machine. Every figure
// stands beside a baseline without isolation from the same run: forks of one Python process, and bare processes of Node.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { concurrently } from '../../src/behavior/concurrently.ts'
import type { PoolTask } from '../../src/benchmark/pool.ts'
import { readPool } from '../../src/benchmark/pool.ts'
import { rejudge } from '../../src/benchmark/rejudge.ts'
import type { PoolVerdict } from '../../src/benchmark/verdicts.ts'
import { readVerdicts } from '../../src/benchmark/verdicts.ts'
import { defaults } from '../../src/config.ts'
import type { Job, Limits, Sandbox } from '../../src/ports.ts'
import { openBubblewrap } from '../../src/sandbox/bubblewrap.ts'
import { openDeno } from '../../src/sandbox/deno.ts'

const [driver = 'bubblewrap', poolPath, verdictsPath, tasks = 'all'] = process.argv.slice(2)
const { limits } = defaults.sandbox
const concurrency = availableParallelism()
const programs = { python: 'def f(x): return x + 1', javascript: 'function f(x) { return x + 1 }' } as const

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now()
  const value = await work()
  return { ms: performance.now() - began, value }
}

const print = (what: string, ms: number, baselineMs?: number) => {
  const ratio = baselineMs === undefined ? '' : `   baseline ${baselineMs.toFixed(1)} ms   ratio ${(ms / baselineMs).toFixed(2)}`
  console.log(`${what.padEnd(48)} ${ms.toFixed(1).padStart(9)} ms${ratio}`)
}

function jobOf(language: 'python' | 'javascript', code: string, work: Job['work']): Job {
  return { language, files: [{ path: language === 'python' ? 'main.py' : 'main.js', content: code }], work }
}
const oneCall: Job['work'] = { kind: 'calls', calls: [{ steps: [{ name: 'f', arguments: [1] }] }] }

/** Milliseconds for each of `count` runs of a small program. */
async function each(
  sandbox: Sandbox,
  { language, count, limit }: { language: 'python' | 'javascript'; count: number; limit: number },
): Promise<number> {
  const job = jobOf(language, programs[language], oneCall)
  const { ms } = await timed(() => concurrently(Array.from({ length: count }), { limit }, () => sandbox.run(job, { limits })))
  return ms / count
}

async function forkAll(sandbox: Sandbox, codes: string[]): Promise<number> {
  const forks = readFileSync(new URL('forks.py', import.meta.url), 'utf8')
  const wide: Limits = { ...limits, cpuMs: 3_600_000, wallMs: 3_600_000 }
  const { ms, value } = await timed(() =>
    sandbox.run(jobOf('python', forks, { kind: 'script', stdin: JSON.stringify(codes), arguments: [] }), { limits: wide }),
  )
  if (value.outcome !== 'completed') throw new Error(`the baseline ended as ${value.outcome}: ${value.stderr}`)
  return ms
}

const startNode = () => promisify(execFile)(process.execPath, ['-e', `${programs.javascript}; console.log(f(1))`])

async function nodeAlone(count: number): Promise<number> {
  return (await timed(() => concurrently(Array.from({ length: count }), { limit: concurrency }, startNode))).ms / count
}

/** Python's pools alone have a baseline: their programs may be forked inside the sandbox, and no others can. */
async function judgePool(sandbox: Sandbox, pool: readonly PoolTask[], verdicts: readonly PoolVerdict[]): Promise<void> {
  const candidates = pool.reduce((sum, task) => sum + task.candidates.length, 0)
  const { ms, value } = await timed(() => rejudge(pool, verdicts, { sandbox, limits, concurrency }))
  const isPython = pool[0]?.task.language === 'python'
  const codes = pool.flatMap((task, index) =>
    [...new Set(task.candidates.map(({ code }) => code))].map((code) => `${code}\n${verdicts[index]?.hiddenTest}`),
  )
  print(`${candidates} candidates rejudged`, ms, isPython && driver === 'bubblewrap' ? await forkAll(sandbox, codes) : undefined)
  console.log(`agreement ${(value.agreement * 100).toFixed(2)} %`)
  for (const { task, candidate, recorded, outcome } of value.disagreements)
    console.log(`  ${task} ${candidate}: recorded ${recorded}, ${outcome}`)
}

const opened = await timed<Sandbox>(() => (driver === 'deno' ? openDeno() : openBubblewrap({ concurrency })))
const sandbox = opened.value
print(`${driver} opened`, opened.ms)
print('confinement proved', (await timed(() => sandbox.prove())).ms)
if (poolPath !== undefined && verdictsPath !== undefined) {
  const pool = readPool(poolPath, tasks === 'all' ? Infinity : Number(tasks)).tasks
  const known = pool.map(({ task: { id }, candidates }) => ({ id, candidates: candidates.length }))
  await judgePool(sandbox, pool, readVerdicts(verdictsPath, known))
} else {
  const count = driver === 'deno' ? 20 : 300
  const forked =
    driver === 'deno'
      ? undefined
      : (await forkAll(
          sandbox,
          Array.from({ length: count }, () => programs.python),
        )) / count
  await each(sandbox, { language: 'python', count: 10, limit: concurrency })
  print('a Python program, one at a time', await each(sandbox, { language: 'python', count, limit: 1 }))
  print(`a Python program, ${concurrency} at a time`, await each(sandbox, { language: 'python', count, limit: concurrency }), forked)
  print('a JavaScript program, one at a time', await each(sandbox, { language: 'javascript', count: 40, limit: 1 }))
  print(
    `a JavaScript program, ${concurrency} at a time`,
    await each(sandbox, { language: 'javascript', count: 40, limit: concurrency }),
    await nodeAlone(40),
  )
}
await sandbox.close()
