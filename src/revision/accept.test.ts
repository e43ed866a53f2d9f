import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { aFinding, aTask } from '../../test/support/builders.ts'
import { defaults } from '../config.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import { digestRecord } from '../records/digest.ts'
import type { Observation } from '../records/execution.ts'
import { Confidence, type FileCoverage, type Finding, Severity, Tier } from '../records/finding.ts'
import type { Examined, RepairTarget } from '../records/repair.ts'
import type { Screening } from '../records/screening.ts'
import type { Call, TestOutcome } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import { floorOf } from '../verdict/floor.ts'
import { type AcceptOptions, assess } from './accept.ts'

interface Given {
  files?: Candidate['files']
  screening?: Partial<Screening>
  findings?: Finding[]
  coverage?: FileCoverage[]
  tests?: TestOutcome[]
  /** What it did on the generated inputs: a value that it returned, or else. */
  inputs?: (Value | { did: Observation })[]
  outcome?: 'completed' | 'raised' | 'exited' | 'timed-out'
}

const read: FileCoverage = { kind: 'read', path: 'main.py', language: 'python', parseErrors: 0 }
const observed = (given: Value | { did: Observation }): Observation => (typeof given === 'object' && given !== null && 'did' in given ? given.did : { kind: 'returned', value: given })

function aProgram(id: string, { files, screening, findings = [], coverage = [read], tests = [], inputs = [], outcome = 'completed' }: Given = {}): Examined {
  const candidate: Candidate = { id, language: 'python', files: files ?? [{ path: 'main.py', content: `# ${id}\n` }] }
  const digest = contentDigest(candidate)
  return {
    candidate,
    screening: { candidate: digest, ids: [id], parse: { kind: 'parsed', errors: 0 }, entryPoint: 'found', words: 10, ...screening },
    scan: { candidate: digest, findings, coverage },
    execution: { candidate: digest, sandbox: 'scripted', outcome, tests, calls: inputs.map(observed) },
  }
}

const callOf = (argument: Value): Call => ({ steps: [{ name: 'f', arguments: [argument] }] })
const targetOf = ({ rule, cwe, path, span, fingerprint }: Finding): RepairTarget => ({ kind: 'finding', rule, ...(cwe !== undefined && { cwe }), path, line: span.line, fingerprint })
const keyOf = (observation: Observation) => (observation.kind === 'returned' ? JSON.stringify(observation.value) : observation.kind === 'raised' ? observation.error.type : undefined)

/** Tests are calls that no input repeats and take no position of the plan here. */
function options({ findings = [], tests = [], inputs = [], source = 'public' as const }: { findings?: Finding[]; tests?: number[]; inputs?: Value[]; source?: 'public' | 'generated' | 'user' }): AcceptOptions {
  const given = [0, 1].map((position) => ({ kind: 'in-process' as const, source, text: `test ${position}`, code: '' }))
  return { task: aTask({ tests: given }), inputs: inputs.map(callOf), targets: [...findings.map(targetOf), ...tests.map((position): RepairTarget => ({ kind: 'test', test: position, text: `test ${position}` }))], keyOf, shownCall: ({ steps }) => JSON.stringify(steps) }
}

const injection = aFinding({ rule: 'python/sql-injection', cwe: 89, fingerprint: digestRecord('injection') })
const other = aFinding({ rule: 'python/path-traversal', cwe: 22, fingerprint: digestRecord('other') })
const weakHash = aFinding({ rule: 'python/weak-hash', cwe: 328, fingerprint: digestRecord('hash') })
const parent: Given = { findings: [injection], tests: ['passed', 'failed'], inputs: ['row', 'row'] }
const checksOf = (child: Given, before: Given = parent, given: AcceptOptions = options({ findings: [injection], inputs: ['ann', "x' OR '1'='1"] })) =>
  assess(aProgram('child', child), aProgram('parent', before), given).objections.map(({ check }) => check)
const good: Given = { tests: ['passed', 'failed'], inputs: ['row', 'row'] }

test('a revision that mends its finding and does all else as before is accepted', () => {
  const { mended, objections } = assess(aProgram('child', good), aProgram('parent', parent), options({ findings: [injection], inputs: ['ann', "x'"] }))
  expect(objections).toEqual([])
  expect(mended).toEqual([targetOf(injection)])
})

test.each<[string, Given, string[]]>([
  ['that leaves the finding', { ...good, findings: [injection] }, ['addressed']],
  ['with a new finding', { ...good, findings: [other] }, ['new-finding']],
  ['with the same finding elsewhere', { ...good, findings: [{ ...injection, fingerprint: digestRecord('moved') }] }, ['addressed']],
  ['that is degenerate', { ...good, screening: { degenerate: 'placeholder' } }, ['program']],
  ['without the function', { ...good, screening: { entryPoint: 'missing' } }, ['program']],
  ['that does not parse', { ...good, screening: { parse: { kind: 'parsed', errors: 2 } } }, ['parses']],
  ['that is too large', { ...good, screening: { parse: { kind: 'too-large', bound: 'text', limit: 1 } } }, ['parses']],
  ['that hides from the analyser', { ...good, coverage: [{ kind: 'incomplete', path: 'main.py', language: 'python', reason: 'dynamic code' }] }, ['read']],
  ['with a file that nobody reads', { ...good, coverage: [read, { kind: 'skipped', path: 'a.rb', reason: 'no front end' }] }, ['read']],
  ['that was not scanned', { ...good, coverage: [] }, ['read']],
  ['that loses a passed test', { ...good, tests: ['failed', 'failed'] }, ['tests']],
  ['whose test cannot be tried any more', { ...good, tests: ['unsupported', 'failed'] }, ['tests']],
  ['that answers otherwise', { ...good, inputs: ['other', 'row'] }, ['behaviour']],
  ['that raises on what means well', { ...good, inputs: [{ did: { kind: 'raised', error: { type: 'ValueError', message: '' } } }, 'row'] }, ['behaviour']],
  ['that gives one answer to everything', { ...good, inputs: [null, null] }, ['behaviour']],
  ['that never ends on what means well', { ...good, inputs: [{ did: { kind: 'timed-out' } }, 'row'] }, ['behaviour']],
  ['that does not load', { ...good, outcome: 'raised', tests: [], inputs: [] }, ['tests', 'behaviour']],
  ['that deletes a test', { ...good, files: [{ path: 'main.py', content: 'x' }, { path: 'tests/test_a.py', content: 'pass' }] }, ['test-files']],
  ['that says which tests run', { ...good, files: [{ path: 'main.py', content: 'x' }, { path: 'conftest.py', content: 'pass' }] }, ['test-files']],
])('a revision %s is refused', (_, child, checks) => {
  expect(checksOf(child)).toEqual(checks)
})

test('what an attacker would send may come out otherwise, and only that', () => {
  expect(checksOf({ ...good, inputs: ['row', { did: { kind: 'raised', error: { type: 'ValueError', message: '' } } }] })).toEqual([])
  expect(checksOf({ ...good, inputs: ['row', []] })).toEqual([])
  // Nothing explains a process that ends itself.
  expect(checksOf({ ...good, inputs: ['row', { did: { kind: 'exited' } }] })).toEqual(['behaviour'])
})

test('a value that was itself the weakness may be another one of its type, made by what is needed for it', () => {
  const given = options({ findings: [weakHash], inputs: ['a', 'b'] })
  const before: Given = { findings: [weakHash], inputs: ['md5 a', 'md5 b'] }
  const files = [{ path: 'main.py', content: 'hashlib.sha256(x)' }]
  expect(checksOf({ files, inputs: ['sha a', 'sha b'] }, before, given)).toEqual([])
  expect(checksOf({ files, inputs: ['sha', 'sha'] }, before, given)).toEqual(['behaviour'])
  expect(checksOf({ files, inputs: [1, 2] }, before, given)).toEqual(['behaviour'])
  // A constant is no repair of what can be guessed.
  expect(checksOf({ inputs: ['0', '00'] }, before, given)).toEqual(['behaviour'])
})

test('a slow hash may need more time than there is, once it was seen to work', () => {
  const slow = aFinding({ rule: 'python/weak-password-hash', cwe: 916, fingerprint: digestRecord('password') })
  const given = options({ findings: [slow], inputs: ['a', 'b'] })
  const files = [{ path: 'main.py', content: 'hashlib.scrypt(x)' }]
  const before: Given = { findings: [slow], tests: ['passed', 'failed'], inputs: ['md5 a', 'md5 b'] }
  const child: Given = { files, tests: ['passed', 'failed'], inputs: ['scrypt a', { did: { kind: 'timed-out' } }], outcome: 'timed-out' }
  expect(checksOf(child, before, given)).toEqual([])
  expect(checksOf({ ...child, tests: ['timed-out', 'failed'] }, before, given)).toEqual(['tests'])
})

test('a program that ran text as code may refuse a part of it, and not most', () => {
  const evaluated = aFinding({ rule: 'python/code-injection', cwe: 94, fingerprint: digestRecord('eval') })
  const given = options({ findings: [evaluated], inputs: ['1', '2', '3'] })
  const before: Given = { findings: [evaluated], inputs: [1, 2, 3] }
  const raised = { did: { kind: 'raised', error: { type: 'ValueError', message: '' } } } as const
  expect(checksOf({ inputs: [1, 2, raised] }, before, given)).toEqual([])
  expect(checksOf({ inputs: [1, raised, raised] }, before, given)).toEqual(['behaviour'])
  expect(checksOf({ inputs: [1, 2, 4] }, before, given)).toEqual(['behaviour'])
})

test('a program that passes a vouched test which failed may answer otherwise, and not mostly; a test that a model wrote explains nothing', () => {
  const before: Given = { findings: [injection], tests: ['passed', 'failed'], inputs: ['row', 'row'] }
  const child: Given = { findings: [injection], tests: ['passed', 'passed'], inputs: ['row', 'newer'] }
  const given = { tests: [1], inputs: ['ann', 'bob'] }
  expect(checksOf(child, before, options(given))).toEqual([])
  expect(checksOf({ ...child, inputs: ['new', 'newer'] }, before, options(given))).toEqual(['behaviour'])
  // What passed nothing had nothing to keep.
  expect(checksOf({ ...child, inputs: ['new', 'newer'] }, { ...before, tests: ['failed', 'failed'] }, options(given))).toEqual([])
  expect(checksOf(child, before, options({ ...given, source: 'generated' }))).toEqual(['behaviour'])
  expect(checksOf({ ...child, tests: ['passed', 'failed'] }, before, options(given))).toEqual(['addressed', 'behaviour'])
})

test('where nothing was wrong, there is nothing to revise, and the same program again is no revision', () => {
  expect(checksOf(good, good, options({ inputs: ['ann'] }))).toEqual(['addressed'])
  const one = aProgram('same')
  expect(assess(one, one, options({})).objections).toMatchObject([{ check: 'changed' }])
})

test('what ran nowhere must at least be as long as it was', () => {
  const raises = { did: { kind: 'raised', error: { type: 'ImportError', message: '' } } } as const
  const before: Given = { findings: [injection], inputs: [raises] }
  const given = options({ findings: [injection], inputs: ['ann'] })
  expect(checksOf({ inputs: [raises], screening: { words: 12 } }, before, given)).toEqual([])
  expect(checksOf({ inputs: [raises], screening: { words: 5 } }, before, given)).toEqual(['behaviour'])
})

test('the habit behind a weakness that was mended is not new', () => {
  const shell = aFinding({ rule: 'python/command-injection', cwe: 78, severity: 'critical', fingerprint: digestRecord('shell') })
  const habit = aFinding({ rule: 'python/shell-habit', cwe: 78, tier: 'hygiene', severity: 'low', fingerprint: digestRecord('habit') })
  const given = options({ findings: [shell], inputs: ['ann'] })
  const before: Given = { findings: [shell], inputs: ['row'] }
  expect(checksOf({ inputs: ['row'], findings: [habit] }, before, given)).toEqual([])
  expect(checksOf({ inputs: ['row'], findings: [habit, { ...habit, fingerprint: digestRecord('second') }] }, before, given)).toEqual(['new-finding'])
})

const aWeakness = fc
  .record({ rule: fc.constantFrom('a', 'b'), tier: fc.constantFrom(...Tier.options), severity: fc.constantFrom(...Severity.options), confidence: fc.constantFrom(...Confidence.options), mark: fc.nat(5) })
  .map(({ mark, ...given }) => aFinding({ ...given, cwe: 89, fingerprint: digestRecord(mark) }))
const anOutcome = fc.constantFrom<TestOutcome>('passed', 'failed', 'error', 'unsupported')
const aCoverage = fc.constantFrom<FileCoverage>(read, { kind: 'incomplete', path: 'main.py', language: 'python', reason: 'dynamic' }, { kind: 'read', path: 'main.py', language: 'python', parseErrors: 1 })
const anyProgram = fc.record({
  findings: fc.array(aWeakness, { maxLength: 4 }),
  coverage: fc.array(aCoverage, { minLength: 1, maxLength: 1 }),
  tests: fc.tuple(anOutcome, anOutcome),
  inputs: fc.array(fc.constantFrom('x', 'y'), { minLength: 2, maxLength: 2 }),
})
const height = { below: 0, unknown: 1, clear: 2 }

test('over any sequence of revisions the floor never drops and no passed test is lost', () => {
  let accepted = 0
  fc.assert(
    fc.property(fc.array(anyProgram, { minLength: 2, maxLength: 8 }), aWeakness, (programs, level) => {
      const floor = { ...defaults.floor, tier: level.tier, severity: level.severity, confidence: level.confidence }
      let kept = aProgram('0', programs[0])
      for (const [position, given] of programs.entries()) {
        const child = aProgram(String(position), given)
        const targets = options({ findings: kept.scan?.findings ?? [], tests: [0, 1].filter((at) => kept.execution?.tests[at] !== 'passed'), inputs: ['ann', "x'"] })
        if (assess(child, kept, targets).objections.length > 0) continue
        accepted += 1
        expect(height[floorOf(child.scan, floor)]).toBeGreaterThanOrEqual(height[floorOf(kept.scan, floor)])
        for (const [at, outcome] of kept.execution!.tests.entries()) if (outcome === 'passed') expect(child.execution?.tests[at]).toBe('passed')
        kept = child
      }
    }),
    { seed: 7, numRuns: 2000 },
  )
  expect(accepted).toBeGreaterThan(200)
})
