import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepCapability } from '../../index.ts'
import { readConfiguration } from '../configuration.ts'
import { modelFindings } from './doctor-models.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function findings(model: string) {
  const environment = { COUNTERSIGN_STORE_FOLDER: folder, COUNTERSIGN_MODELS_FOLDER: folder, COUNTERSIGN_MODEL: model }
  return await modelFindings(readConfiguration({ folder, environment }))
}

test('the doctor says which model is chosen, what it was found to give, and what is wrong with it', async () => {
  const url = 'http://127.0.0.1:9/v1'
  expect((await findings(''))[0]?.detail).toMatch(/no model is named|the embedded model/)
  expect((await findings('llama:gone'))[0]).toMatchObject({ state: 'broken', detail: expect.stringContaining('there is no model file') })
  expect((await findings('command:unknown'))[0]).toMatchObject({ state: 'broken', detail: expect.stringContaining('--allow-agent-model') })
  expect((await findings(`${url}#m`))[0]).toMatchObject({ state: 'ok', detail: expect.stringContaining('not probed yet') })
  keepCapability(folder, { model: 'openai-compatible/m', versions: { endpoint: url }, probe: 1, tier: 'round-trip', checks: [] })
  expect((await findings(`${url}#m`))[0]).toMatchObject({ state: 'ok', detail: expect.stringContaining('round-trip, as it was probed') })
})

test('it knows keys by name, and whether llama.cpp starts', async () => {
  const [, keys, llama] = await findings('')
  expect(keys?.name).toBe('keys')
  expect(JSON.stringify(keys)).not.toMatch(/sk-/)
  expect(llama).toMatchObject({ name: 'node-llama-cpp', detail: expect.stringMatching(/starts$|node-llama-cpp/) })
})
