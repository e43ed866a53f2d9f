import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aGgufFile, aModelFile } from '../../test/support/file-server.ts'
import { trialModel } from '../../test/support/trial-model.ts'
import { leastGgufBytes } from './gguf-size.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-gguf-'))
afterAll(() => rmSync(folder, { recursive: true }))

function leastOf(bytes: Uint8Array): number | undefined {
  const path = join(folder, 'a.gguf')
  writeFileSync(path, bytes)
  return leastGgufBytes(path)
}

test('a file says itself how long it is', () => {
  const whole = aGgufFile(1000)
  expect(leastOf(whole)).toBe(whole.length)
  expect(leastOf(whole.subarray(0, whole.length - 1))).toBe(whole.length)
})

test('what cannot be read says nothing', () => {
  const whole = aGgufFile(10)
  const nested = Buffer.concat([
    whole.subarray(0, 24),
    Buffer.from('0100000000000000', 'hex'),
    Buffer.from('k'),
    Buffer.from('09000000', 'hex'),
  ])
  const deep = Buffer.concat([nested, ...Array.from({ length: 50_000 }, () => Buffer.from('090000000100000000000000', 'hex'))])
  for (const bytes of [deep, new Uint8Array(), aModelFile(1000), whole.subarray(0, 30), Buffer.from('GGUF')])
    expect(leastOf(bytes)).toBeUndefined()
})

test('no bytes make it fail or take long', () => {
  const header = aGgufFile(10).subarray(0, 24)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(23), (bytes, kept) => {
      expect(leastOf(Buffer.concat([header.subarray(0, kept), bytes])) ?? 0).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 300 },
  )
})

const trial = trialModel()
test.skipIf(trial.skip)(`the trial model is as long as it says${trial.skip === false ? '' : ` (${trial.skip})`}`, () => {
  const { size } = statSync(trial.path)
  expect(leastGgufBytes(trial.path)).toBeLessThanOrEqual(size)
  expect(leastGgufBytes(trial.path)).toBeGreaterThan(size - 64)
})
