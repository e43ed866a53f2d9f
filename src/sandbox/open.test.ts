import { expect, test } from 'vitest'
import { CountersignError } from '../errors.ts'
import type { Sandbox } from '../ports.ts'
import { withoutRun } from './job.ts'
import { openSandbox } from './open.ts'

/** A driver by script; `log` keeps what was done with it. */
function aDriver(driver: string, log: string[], broken?: 'open' | 'prove' | 'crash'): () => Promise<Sandbox> {
  const fail = () => {
    throw broken === 'crash' ? new TypeError('our mistake') : new CountersignError('SANDBOX_UNAVAILABLE', `${driver} is not here`)
  }
  return async () => {
    if (broken === 'open') fail()
    return {
      driver,
      languages: ['python'],
      prove: async () => {
        log.push(`${driver} proves`)
        if (broken !== undefined) fail()
        return { driver, languages: [], attempts: [] }
      },
      run: async (job) => withoutRun(job, { outcome: 'completed' }),
      close: async () => void log.push(`${driver} closes`),
    }
  }
}

test.each([
  [undefined, undefined, 'bubblewrap', ['bubblewrap proves']],
  ['open', undefined, 'deno', ['deno proves']],
  ['prove', undefined, 'deno', ['bubblewrap proves', 'bubblewrap closes', 'deno proves']],
  [undefined, 'deno', 'deno', ['deno proves']],
] as const)('with bubblewrap %s and driver %s, %s is opened', async (broken, driver, opened, done) => {
  const log: string[] = []
  const known = { bubblewrap: aDriver('bubblewrap', log, broken), deno: aDriver('deno', log) }
  expect((await openSandbox(driver === undefined ? {} : { driver }, known)).driver).toBe(opened)
  expect(log).toEqual(done)
})

test('a driver chosen by name has no substitute, and the reason says what would help', async () => {
  const known = { bubblewrap: aDriver('bubblewrap', [], 'prove'), deno: aDriver('deno', []) }
  const failure = openSandbox({ driver: 'bubblewrap' }, known)
  await expect(failure).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
  await expect(failure).rejects.toThrow(/bubblewrap is not here.*What would help: on Linux, install bubblewrap/)
})

test('where none is left, each reason is told', async () => {
  const known = { bubblewrap: aDriver('bubblewrap', [], 'open'), deno: aDriver('deno', [], 'prove') }
  await expect(openSandbox({}, known)).rejects.toThrow(/bubblewrap is not here.*deno is not here/)
})

test('a mistake of ours is no reason to take another driver', async () => {
  const known = { bubblewrap: aDriver('bubblewrap', [], 'crash'), deno: aDriver('deno', []) }
  await expect(openSandbox({}, known)).rejects.toThrow('our mistake')
})
