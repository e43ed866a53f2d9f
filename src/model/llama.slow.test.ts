import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { aBudget } from '../../test/support/budget.ts'
import { trialModel } from '../../test/support/trial-model.ts'
import type { Model } from '../ports.ts'
import type { Capability } from '../records/capability.ts'
import type { Prompt } from '../records/prompt.ts'
import { openLlama } from './llama.ts'
import { openAiCompatible } from './openai-compatible.ts'
import { probe } from './probe.ts'

const trial = trialModel()
const Document = z.object({
  sections: z.array(z.tuple([z.string(), z.string()])),
  continuation: z.string(),
  logProbabilities: z.array(z.number()),
})
// Computed with PyTorch from the file's own weights: scripts/llama-vectors/vectors.py.
const documents = z
  .array(Document)
  .parse(JSON.parse(readFileSync(new URL('../../scripts/llama-vectors/vectors.json', import.meta.url), 'utf8')))
const tagged = (...sections: [string, string][]): Prompt => ({ kind: 'tagged', sections: sections.map(([tag, text]) => ({ tag, text })) })

async function read(
  model: Model,
  prompt: Prompt,
  { continuation, by }: { continuation: string; by: string },
): Promise<{ token: string; value: number }[]> {
  const scored = await model.score(prompt, continuation, { budget: aBudget(), by })
  if (scored.kind === 'unavailable') throw new Error(scored.reason)
  return scored.tokens.map(({ token, logProbability }) => ({ token, value: logProbability ?? NaN }))
}

describe.skipIf(trial.skip)(`llama${trial.skip === false ? '' : ` (${trial.skip})`}`, () => {
  let model: Model
  beforeAll(async () => {
    model = await openLlama({ path: trial.path })
  })
  afterAll(async () => await model.close())

  test('values are within 0.03 a token of those computed without llama.cpp, in both directions, on 200 documents', async () => {
    expect(documents).toHaveLength(200)
    let largest = 0
    for (const { sections, continuation, logProbabilities } of documents) {
      const values = await read(model, tagged(...sections), { continuation, by: 'read' })
      expect(values).toHaveLength(logProbabilities.length)
      for (const [at, { value }] of values.entries()) largest = Math.max(largest, Math.abs(value - logProbabilities[at]!))
    }
    console.info(`largest difference: ${largest.toFixed(4)} a token`)
    expect(largest).toBeLessThanOrEqual(0.03)
  })
})

// python -m venv venv && venv/bin/pip install 'llama-cpp-python[server]'; COUNTERSIGN_LLAMA_CPP_PYTHON=venv/bin/python
const python = process.env['COUNTERSIGN_LLAMA_CPP_PYTHON'] ?? ''
const missing =
  trial.skip === false
    ? existsSync(python)
      ? false
      : 'skipped: needs llama-cpp-python, named by COUNTERSIGN_LLAMA_CPP_PYTHON'
    : trial.skip

describe.skipIf(missing)(`llama-cpp-python's server${missing === false ? '' : ` (${missing})`}`, () => {
  const port = 18_000 + (process.pid % 2000)
  const server = openAiCompatible({ url: `http://127.0.0.1:${port}/v1`, model: 'trial-f16', api: 'completions', backoffMs: 500 })
  let running: ChildProcess
  let model: Model
  let capability: Capability

  beforeAll(async () => {
    const options = [
      '--model',
      trial.path,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--n_ctx',
      '320',
      '--n_threads',
      '1',
      '--logits_all',
      'true',
    ]
    running = spawn(python, ['-m', 'llama_cpp.server', ...options], { stdio: 'ignore' })
    for (let waited = 0; waited < 100 && (await server.versions({}))['owner'] === undefined; waited++) await sleep(500)
    model = await openLlama({ path: trial.path })
    capability = await probe(server, { budget: aBudget() })
  }, 120_000)
  afterAll(async () => {
    running.kill()
    await model.close()
  })

  test('the probe finds it exact behind a start token, and catches it off by one without', () => {
    expect(capability).toMatchObject({ tier: 'exact', scorer: 'echo <|eos|>' })
    expect(capability.checks.find(({ scorer, passed }) => scorer === 'echo' && !passed)).toBeDefined()
  })

  test('its scores are within 0.05 a token of those of the driver', async () => {
    const largest = { score: 0, token: 0 }
    for (const { sections, continuation } of documents.slice(0, 40)) {
      const before = `${sections.map(([, text]) => text).join('\n')}\n`
      const near = await read(model, tagged(['eos', before]), { continuation, by: 'read' })
      const far = await read(server, { kind: 'completion', text: before }, { continuation, by: capability.scorer! })
      expect(far.map(({ token }) => token)).toEqual(near.map(({ token }) => token))
      const differences = far.map(({ value }, at) => value - near[at]!.value)
      largest.score = Math.max(largest.score, Math.abs(differences.reduce((sum, difference) => sum + difference, 0)) / differences.length)
      largest.token = Math.max(largest.token, ...differences.map(Math.abs))
    }
    console.info(`largest difference: ${largest.score.toFixed(4)} a token, ${largest.token.toFixed(4)} in one token`)
    expect(largest.score).toBeLessThanOrEqual(0.05)
    expect(largest.token).toBeLessThanOrEqual(0.1)
  })
})
