// Broken programs by the hundred thousand: none may throw, hang or exceed its steps. `fuzz.ts [COUNT] [--seed=N]`
import * as fc from 'fast-check'
import { analyse, stepLimit } from '../../src/finding/engine/analyse.ts'
import { pythonFrontend } from '../../src/finding/frontend/python/frontend.ts'
import { registryFor } from '../../src/finding/registries.ts'
import { loadSyntax, parse } from '../../src/syntax/tree.ts'
import { fixtureFiles, fixturesOf } from '../../test/support/fixtures.ts'
import { brokenPrograms } from '../../test/support/mutation.ts'

export interface FuzzResult {
  readonly inputs: number
  readonly incomplete: number
  readonly slowestMs: number
  readonly mostSteps: number
}

export async function fuzz(count: number, seed: number): Promise<FuzzResult> {
  await loadSyntax()
  const registry = registryFor('python')
  if (registry === undefined) throw new Error('no rules for Python')
  const programs = fixtureFiles('python').flatMap((rule) => fixturesOf(rule, 'py').map(({ code }) => code))
  const result = { inputs: 0, incomplete: 0, slowestMs: 0, mostSteps: 0 }
  const property = fc.property(brokenPrograms(programs), (content) => {
    const started = performance.now()
    const { text } = pythonFrontend.prepare(content)
    const parsed = parse('python', text)
    if (parsed.kind === 'parsed') {
      const { steps, incomplete } = analyse(pythonFrontend.lower(parsed.root, text), { text, registry })
      if (steps > stepLimit(text) + 1) throw new Error(`${steps} steps for ${text.length} characters`)
      if (incomplete !== undefined) result.incomplete++
      result.mostSteps = Math.max(result.mostSteps, steps)
    }
    result.inputs++
    result.slowestMs = Math.max(result.slowestMs, performance.now() - started)
  })
  fc.assert(property, { numRuns: count, seed })
  return result
}

if (import.meta.main) {
  const count = Number(process.argv[2] ?? 100_000)
  const seed = Number(process.argv.find((argument) => argument.startsWith('--seed='))?.slice(7) ?? 1)
  console.log(JSON.stringify(await fuzz(count, seed)))
}
