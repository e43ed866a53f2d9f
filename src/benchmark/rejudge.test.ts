import { expect, test } from 'vitest'
import type { Job, Sandbox } from '../ports.ts'
import type { Run, RunOutcome } from '../records/execution.ts'
import { rejudge } from './rejudge.ts'

const limits = { cpuMs: 1, wallMs: 1, memoryBytes: 1, outputBytes: 1, processes: 1, fileBytes: 1 }

function aRun(outcome: RunOutcome): Run {
  return { outcome, observations: [], stdout: '', stderr: '', exitCode: 0, usage: { cpuMs: 0, wallMs: 0, peakMemoryBytes: null } }
}

/** Ends as the program's text says. */
function scripted(jobs: Job[] = []): Sandbox {
  return {
    driver: 'scripted',
    languages: ['python'],
    prove: () => Promise.resolve({ driver: 'scripted', languages: [], attempts: [] }),
    run: (job) => {
      jobs.push(job)
      const text = job.files[0]?.content ?? ''
      if (text === 'broken sandbox') return Promise.reject(new Error(text))
      return Promise.resolve(text === 'good' ? aRun('completed') : { ...aRun('raised'), error: { type: 'AssertionError', message: text } })
    },
    close: () => Promise.resolve(),
  }
}

const task = { id: 't', language: 'python' as const, instruction: '' }
const pool = (...codes: string[]) => [{ task, candidates: codes.map((code) => ({ code })) }]

test('agreement is the share of known verdicts that running says again, and each disagreement is named', async () => {
  const verdicts = [{ task: 't', functional: [true, true, false, null], hiddenTest: 'check()' }]
  const result = await rejudge(pool('good', 'bad', 'bad', 'good'), verdicts, { sandbox: scripted(), limits, concurrency: 2 })
  expect(result).toEqual({
    agreement: expect.closeTo(2 / 3),
    disagreements: [{ task: 't', candidate: 1, recorded: true, outcome: 'raised', detail: 'AssertionError: bad' }],
  })
})

test('programs with the same text share a run, with the hidden test in their own process', async () => {
  const jobs: Job[] = []
  const seen: unknown[] = []
  const options = { sandbox: scripted(jobs), limits, concurrency: 4, onProgress: (progress: object) => seen.push(progress) }
  await rejudge(pool('good', 'good', 'bad'), [{ task: 't', functional: [true, true, false], hiddenTest: 'check()' }], options)
  expect(jobs.map((job) => job.work)).toEqual([
    { kind: 'in-process', code: 'check()' },
    { kind: 'in-process', code: 'check()' },
  ])
  expect(seen).toEqual([
    { done: 1, total: 2 },
    { done: 2, total: 2 },
  ])
})

test('verdicts without any hidden test cannot be rejudged', async () => {
  const options = { sandbox: scripted(), limits, concurrency: 1 }
  await expect(rejudge(pool('good'), [{ task: 't', functional: [true] }], options)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})

test('a broken sandbox is an error, never a disagreement, and stops the rest', async () => {
  const jobs: Job[] = []
  const codes = ['broken sandbox', ...Array.from({ length: 50 }, (_, index) => `program ${index}`)]
  const verdicts = [{ task: 't', functional: codes.map(() => true), hiddenTest: 'check()' }]
  await expect(rejudge(pool(...codes), verdicts, { sandbox: scripted(jobs), limits, concurrency: 2 })).rejects.toThrow('broken sandbox')
  expect(jobs.length).toBeLessThan(10)
})
