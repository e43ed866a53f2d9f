import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Configuration, deciding, defaults } from '../config.ts'
import { CountersignError } from '../errors.ts'
import { digestRecord } from '../records/digest.ts'
import { readStrategy, strategiesAtHand, strategyNamed, withStrategy } from './strategy.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-strategies-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function write(path: string, content: unknown): string {
  const full = join(folder, path)
  mkdirSync(join(full, '..'), { recursive: true })
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content))
  return full
}

function refusal(name: string, own = ''): string {
  try {
    readStrategy(name, own)
  } catch (error) {
    if (error instanceof CountersignError && error.exitCode === 2) return error.message.replaceAll(`${folder}/`, '')
  }
  return 'was not refused'
}

test('those that come with the package are whole, and the default stands first', () => {
  const names = strategiesAtHand().map(({ strategy }) => strategy.name)
  expect(names).toEqual(['hybrid', 'agreement', 'best-of-n', 'codechain', 'coder-reviewer', 'codet', 'direct', 'indict', 'tests'])
  expect(strategiesAtHand().filter(({ strategy: { name, summary }, path }) => summary === '' || !path.endsWith(`/${name}.json`))).toEqual([])
})

test('what a strategy does not say is as in the one that it extends, however far away', () => {
  write('near/wary.json', { extends: 'hybrid', evidence: { likelihood: false } })
  const path = write('far/terse.json', { name: 'terse-and-wary', summary: 'short', extends: '../near/wary.json', sampling: { samples: 2 } })
  const { strategy } = readStrategy(path)
  const hybrid = strategyNamed('hybrid')
  expect(strategy).toEqual({ ...hybrid, name: 'terse-and-wary', summary: 'short', sampling: { ...hybrid.sampling, samples: 2 }, evidence: { ...hybrid.evidence, likelihood: false } })
})

test('strategies of a folder have names, and may extend one another by them', () => {
  write('own/thrifty.json', { extends: 'direct' })
  write('own/thriftier.json', { extends: 'thrifty', sampling: { tests: 1 } })
  const own = join(folder, 'own')
  expect(readStrategy('thriftier', own).strategy).toMatchObject({ name: 'thriftier', sampling: { samples: 0, tests: 1 } })
  expect(strategiesAtHand(own).slice(-2).map(({ strategy }) => strategy.name)).toEqual(['thriftier', 'thrifty'])
  expect(refusal('thrify', own)).toContain('did you mean thrifty?')
  write('own/other.json', { name: 'thrifty', extends: 'direct' })
  expect(refusal('thrifty', own)).toBe('own/other.json and own/thrifty.json are both named thrifty')
})

test('what is wrong with a strategy is said, with what may have been meant', () => {
  const extended = { extends: 'hybrid' }
  const table: [unknown, string][] = [
    [{ name: 'hybrid', extends: 'hybrid' }, 'a.json: the name hybrid is that of a strategy that comes with Countersign: give it another "name"'],
    [{ extends: 'hybird' }, 'a.json: extends: there is no strategy "hybird"; did you mean hybrid?'],
    [{ extends: './absent.json' }, 'there is no strategy file absent.json'],
    [{ ...extended, evidnce: {} }, 'a.json: there is no evidnce; did you mean evidence?'],
    [{ ...extended, evidence: { test: true } }, 'a.json: there is no evidence.test; did you mean tests?'],
    [{ ...extended, evidence: { agreement: 'dul' } }, 'a.json: evidence.agreement: there is no "dul"; did you mean dual?'],
    [{ ...extended, rounds: { kind: 'codechian' } }, 'a.json: rounds.kind: there is no "codechian"; did you mean codechain?'],
    [{ ...extended, rounds: { kind: 'indict' } }, 'a.json: rounds.programs: must be "configured" or a whole number from 1 to 50'],
    [{ ...extended, sampling: { adaptive: true } }, 'a.json: sampling.adaptive: must be false, or {"batch", "confidence"}'],
    [{ ...extended, sampling: { adaptive: { batch: 2, confidance: 0.9 } } }, 'a.json: there is no sampling.adaptive.confidance; did you mean confidence?'],
    [{ ...extended, name: 'My Own' }, 'a.json: name: must be lower case words with hyphens between them'],
    ['{"extends": "hybrid", "__proto__": {"name": "x"}}', 'a.json: there is no __proto__; there are'],
    [{ sampling: { samples: 2 } }, 'a.json: sampling.planned is not said; say it, or take it from another strategy with "extends": "hybrid"'],
    ['[1]', 'a.json: Invalid input: expected object'],
    ['x', 'a.json: is not JSON'],
    [' '.repeat(70_000), 'a.json: is no strategy: it has 70000 bytes'],
  ]
  expect(table.map(([content]) => refusal(write('a.json', content)))).toEqual(table.map(([, said]) => expect.stringContaining(said) as unknown))
  expect([refusal('wary'), refusal(folder + '/'), refusal('/dev/null/x.json')]).toEqual([expect.stringContaining('there are hybrid, agreement,'), expect.stringContaining('is no file'), expect.stringContaining('cannot be read')])
})

test('strategies that extend one another in a circle are refused, whatever way leads round', () => {
  const path = write('round/a.json', { extends: './b.json' })
  write('round/b.json', { extends: './loop/a.json' })
  symlinkSync('.', join(folder, 'round/loop'))
  expect(refusal(path)).toMatch(/loop\/a\.json: strategies extend one another in a circle: .*round\/a\.json -> .*round\/b\.json -> .*round\/a\.json$/)
})

test('numbers of its own stand in the place of those that were configured', () => {
  const path = write('own-numbers.json', { extends: 'indict', sampling: { samples: 3 }, rounds: { kind: 'indict', programs: 1, rounds: 'configured', when: 'always', likely: 'allow' } })
  const { generate, critique, codechain } = withStrategy({ ...defaults, strategy: readStrategy(path).strategy })
  expect([generate.samples, critique.programs, critique.rounds, critique.likely, codechain]).toEqual([3, 1, defaults.critique.rounds, 'allow', defaults.codechain])
})

const digestOf = (configuration: Configuration) => digestRecord(deciding(configuration))

test('what decides covers everything that a strategy says but how it is described', () => {
  const strategy = strategyNamed('hybrid')
  const whole = digestOf({ ...defaults, strategy })
  expect(digestOf({ ...defaults, strategy: { ...strategy, summary: 'other words' } })).toBe(whole)
  const changes = [{ name: 'x' }, { sampling: { ...strategy.sampling, tests: 0 } }, { evidence: { ...strategy.evidence, likelihood: false } }, { rounds: { kind: 'codechain' as const, rounds: 2 } }]
  expect(new Set([whole, ...changes.map((change) => digestOf({ ...defaults, strategy: { ...strategy, ...change } }))]).size).toBe(5)
})

test('runs from before strategies were data have the digests that they had', () => {
  const { strategies: _, ...before } = defaults
  const digests = ['hybrid', 'codechain', 'indict'].map((strategy) => digestOf(withStrategy(Configuration.parse({ ...before, strategy }))))
  expect(digests).toEqual([
    'sha256:c688c07da35c32a3b29ad469c13e824b8352ce752282a46efd371d73be5a8a20',
    'sha256:610fe7c71e3c37250826b07ea511402244c1e043178661632c8babcd0aa20ff0',
    'sha256:f8b7c83d6dcdc716fddb7a631c0fbbd3cb592ea47b71132c9a14d73a3d9188b3',
  ])
})
