import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuTimer } from '../../test/support/cpu.ts'
import type { Exhibit } from '../records/critique.ts'
import { readClaims } from './claim.ts'
import { readToolRequests } from './tool-request.ts'

const finding: Exhibit = { id: 'F1', kind: 'finding', text: 'sql', cwe: 89, line: 2, supports: true }
const exhibits: Exhibit[] = [
  finding,
  { id: 'E1', kind: 'test', text: 'f(1) == 2: failed', supports: true },
  { id: 'E2', kind: 'test', text: 'f(2) == 3: passed', supports: false },
  { id: 'E3', kind: 'execution', text: 'f(3) raised' },
  { id: 'T1', kind: 'passage', text: 'SQL', cwe: 89 },
]
const claimsIn = (answer: string) => readClaims(answer, { exhibits, lines: 10 })

test.each([
  ['CLAIM weakness CWE-89 line 2 [F1]: built from text', 'evidenced'],
  ['CLAIM weakness CWE-89 line 2 [T1]: the guide says so', 'evidenced'],
  ['CLAIM requirement line 2 [E1]: wrong result', 'evidenced'],
  ['CLAIM requirement [E3]: it raises', 'evidenced'],
  ['CLAIM requirement line 2 [E2]: wrong result', 'refuted'],
  ['CLAIM weakness CWE-22 line 2 [F1]: something else', 'opinion'],
  ['CLAIM weakness CWE-22 line 2 [F9]: there is no such evidence', 'opinion'],
  ['CLAIM weakness CWE-22 line 2: I feel so', 'opinion'],
  ['CLAIM weakness CWE-89 line 99 [F1]: beyond the end', 'refuted'],
  ['- **CLAIM** weakness CWE-89, line 2 [F1, E1]: in Markdown', 'evidenced'],
  ['CWE-89 on line 2: the embedded form', 'evidenced'],
  ['CWE-89 on line 3: the embedded form, elsewhere', 'opinion'],
  ['wrong: it says the opposite', 'opinion'],
  ['NOTHING', 'refuted'],
  ['no weakness found', 'refuted'],
])('%s', (answer, standing) => {
  expect(claimsIn(`Some words before.\n${answer}\nand after`)).toMatchObject([{ standing }])
})

test('an approval stands as an opinion where nothing speaks against it', () => {
  expect(readClaims('NOTHING', { exhibits: [], lines: 1 })).toMatchObject([{ kind: 'approval', standing: 'opinion' }])
})

test('what stands behind the colon is words, whatever it cites', () => {
  expect(claimsIn('CLAIM weakness CWE-22 line 2: see [F1] and [E1], which prove it')).toMatchObject([{ cites: [], standing: 'opinion', text: 'see [F1] and [E1], which prove it' }])
})

test.each(['', 'Der Code ist schlecht.', '{"claims": [', 'def f(): pass', '很糟糕'])('an answer in another form holds no claim: %s', (answer) => {
  expect(claimsIn(answer)).toBeUndefined()
})

test('an answer of 100 kB is bounded, and read in no time', () => {
  const spent = cpuTimer()
  expect(claimsIn('CLAIM weakness CWE-89 line 2 [F1]: x\n'.repeat(3000))).toHaveLength(20)
  expect(claimsIn(`CLAIM weakness ${'['.repeat(100_000)}`)).toHaveLength(1)
  expect(claimsIn('# '.repeat(50_000))).toBeUndefined()
  expect(readToolRequests(`TOOL run\n${'x'.repeat(100_000)}`, 3)).toHaveLength(1)
  expect(spent()).toBeLessThan(2000)
})

test('whatever is answered, a claim is evidenced only by evidence that exists', () => {
  const word = fc.constantFrom('CLAIM', 'weakness', 'requirement', 'CWE-89', 'CWE-22', 'line 2', '[F1]', '[F2]', '[E1]', '[T9]', ':', ': ', '\n', 'NOTHING', '<<<', '>>>', 'x')
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(word).map((words) => words.join(' '))), (answer) => {
      for (const claim of claimsIn(answer) ?? []) if (claim.standing === 'evidenced') expect(exhibits.some(({ id }) => claim.because.split(', ').includes(id))).toBe(true)
      expect((readClaims(answer, { exhibits: [], lines: 10 }) ?? []).every(({ standing }) => standing !== 'evidenced')).toBe(true)
    }),
    { seed: 3, numRuns: 1000 },
  )
})

test('tools are asked for in lines, with an end or without, fenced or bare', () => {
  expect(readToolRequests('I look.\nTOOL run\n```python\nprint(f(1))\n```\nEND\nTOOL knowledge SQL injection\nEND\nTOOL test\nassert f(1) == 2', 3)).toEqual([
    { tool: 'run', input: 'print(f(1))' },
    { tool: 'knowledge', input: 'SQL injection' },
    { tool: 'test', input: 'assert f(1) == 2' },
  ])
  expect(readToolRequests('TOOL scan\nEND\nTOOL scan\nEND\nTOOL scan\nEND', 2)).toHaveLength(2)
  expect(readToolRequests('The tools are fine. A TOOL is used by END users.', 3)).toEqual([])
})
