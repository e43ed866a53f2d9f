import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import type { Job, Sandbox } from '../ports.ts'
import type { Observation } from '../records/execution.ts'
import type { Value } from '../records/value.ts'
import { splitMarked } from './answer.ts'
import { runAttempts } from './attempt.ts'
import { withoutRun } from './job.ts'
import { proveConfinement } from './proof.ts'
import { openTransformer } from './transform.ts'

const transformer = openTransformer()
afterAll(() => transformer.close())

/** The guest in a plain process: everything that a sandbox must refuse is open to it. Only our own attempts run in it. */
const unconfined: Pick<Sandbox, 'driver' | 'languages' | 'run'> = {
  driver: 'none',
  languages: ['javascript'],
  run: (job, { limits }) => runAttempts(job, { wallMs: limits.wallMs, start: () => startUnconfined(job) }),
}

async function startUnconfined(job: Job) {
  const transformed = await transformer.transformProgram(job)
  const files = transformed.kind === 'program' ? transformed.files : []
  const about = Buffer.from(JSON.stringify({ files, work: job.work, root: '/program', answers: 1, mark: '\u001Emark ', outputBytes: 100_000 }))
  const child = spawn(process.execPath, [fileURLToPath(new URL('guest/javascript.mjs', import.meta.url))], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.end(Buffer.concat([Buffer.from(`${about.length}\n`), about]))
  const { lines, rest } = splitMarked(await text(child.stdout), '\u001Emark ')
  return { lines: lines.slice(1), stdout: rest, stderr: '', exitCode: 0, signal: null, limit: null, cpuMs: 0, peakMemoryBytes: null }
}

test('a sandbox that confines nothing is unavailable, and each attempt is named', async () => {
  const failure = proveConfinement(unconfined)
  await expect(failure).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
  for (const attempt of ['readSecret', 'writeOutside', 'connect', 'runProgram', 'readEnvironment', 'signalOthers', 'seeOthers']) {
    await expect(failure).rejects.toThrow(`${attempt} in javascript`)
  }
})

test('a sandbox in which nothing could be tried has proved nothing', async () => {
  const idle = { ...unconfined, run: async (job: Job) => withoutRun(job, { outcome: 'unsupported' }) }
  await expect(proveConfinement(idle)).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
})

/** What the attempts would say in a sandbox that loses sight of what programs leave. */
function say(name: string, given: Value | undefined): Observation {
  return { kind: 'returned', value: name === 'begin' ? (given ?? null) : name === 'findLeftovers' ? 'left behind: x' : '' }
}

test('a sandbox in which one program finds what another left behind is unavailable', async () => {
  const leaky = {
    ...unconfined,
    run: async (job: Job) => {
      const steps = job.work.kind === 'calls' ? job.work.calls.map((call) => call.steps[0]) : []
      const observations = steps.map((step) => say(step?.name ?? '', step?.arguments?.[0]))
      return { ...withoutRun(job, { outcome: 'completed' }), observations }
    },
  }
  await expect(proveConfinement(leaky, { keeps: true })).rejects.toThrow('findLeftovers in javascript')
})
