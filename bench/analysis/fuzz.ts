// Broken programs by the hundred thousand: none may throw, hang or exceed its steps. `fuzz.ts [COUNT] [--seed=N] [--language=javascript]`
import * as fc from 'fast-check'
import { analyse, stepLimit } from '../../src/finding/engine/analyse.ts'
import { frontendFor } from '../../src/finding/frontend/frontends.ts'
import { registriesFor } from '../../src/finding/registries.ts'
import { Language } from '../../src/records/language.ts'
import { loadSyntax, parse } from '../../src/syntax/tree.ts'
import { fixtureFiles, fixturesOf } from '../../test/support/fixtures.ts'
import { brokenPrograms } from '../../test/support/mutation.ts'

export interface FuzzResult {
  readonly inputs: number
  readonly incomplete: number
  readonly slowestMs: number
  readonly mostSteps: number
}

export async function fuzz(count: number, { seed, language }: { seed: number; language: Language }): Promise<FuzzResult> {
  await loadSyntax([language])
  const frontend = frontendFor('', language)
  const registry = (await registriesFor([language])).get(language)
  if (frontend === undefined || registry === undefined) throw new Error(`no front end for ${language}`)
  const programs = fixtureFiles(language === 'python' ? 'python' : 'javascript').flatMap((rule) => fixturesOf(rule).map(({ code }) => code))
  const result = { inputs: 0, incomplete: 0, slowestMs: 0, mostSteps: 0 }
  const property = fc.property(brokenPrograms(programs), (content) => {
    const started = performance.now()
    const { text } = frontend.prepare(content)
    const parsed = parse(language, text)
    if (parsed.kind === 'parsed') {
      const { steps, incomplete } = analyse(frontend.lower(parsed.root, text), { text, registry })
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
  const language = Language.parse(process.argv.find((argument) => argument.startsWith('--language='))?.slice(11) ?? 'python')
  console.log(JSON.stringify(await fuzz(count, { seed, language })))
}
