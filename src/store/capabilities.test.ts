import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Capability } from '../records/capability.ts'
import { keepCapability, knownCapabilities } from './capabilities.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-capabilities-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const found = (endpoint: string, version: string): Capability => ({
  model: 'openai-compatible/m',
  versions: { endpoint, version },
  probe: 1,
  tier: 'exact',
  scorer: 'echo',
  checks: [],
})

test('what was found about a model in a place replaces what was found there before', () => {
  expect(knownCapabilities(folder)).toEqual([])
  for (const capability of [found('http://a', '1'), found('http://b', '1'), found('http://a', '2')]) keepCapability(folder, capability)
  const known = knownCapabilities(folder).map(({ versions }) => versions)
  expect(known).toHaveLength(2)
  expect(known).toEqual(
    expect.arrayContaining([
      { endpoint: 'http://a', version: '2' },
      { endpoint: 'http://b', version: '1' },
    ]),
  )
})

test('a file that cannot be read is as good as none', () => {
  keepCapability(folder, found('http://a', '1'))
  const [name] = readdirSync(join(folder, 'capabilities'))
  for (const text of ['{"model": 1}', '{', '']) {
    writeFileSync(join(folder, 'capabilities', name!), text)
    expect(knownCapabilities(folder)).toEqual([])
  }
})

test('a folder that cannot be written is a clear failure', () => {
  writeFileSync(join(folder, 'capabilities'), '')
  expect(() => keepCapability(folder, found('http://a', '1'))).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }))
})
