import { describe, expect, test } from 'vitest'
import { casesIn } from '../../test/support/fixtures.ts'
import type { ChangedFile } from '../records/candidate.ts'
import { scan } from './scan.ts'
import { scanText } from './workspace/scan-source.ts'
import { suppress } from './suppression/suppress.ts'

const kinds = ['hidden', 'found', 'clear'] as const
const scanOne = async (file: ChangedFile) => {
  const { findings, coverage } = await scan([file])
  return { coverage: coverage[0], rules: findings.map(({ rule }) => rule) }
}

describe.each([
  ['python', 'py'],
  ['javascript', 'js'],
])('%s', (language, extension) => {
  test.each(casesIn(`hidden/${language}.${extension}`, kinds))('$kind: $title', async ({ kind, title, code }) => {
    const { coverage, rules } = await scanOne({ path: `fixture.${extension}`, content: code })
    if (kind === 'hidden') expect(coverage).toMatchObject({ kind: 'incomplete', reason: expect.stringMatching(/^hides what it does: line \d+ /) as unknown, parseErrors: 0 })
    else expect(coverage).toMatchObject({ kind: 'read', parseErrors: 0 })
    if (kind === 'found') expect(rules).toContain(title.split(' ')[0])
  })
})

const loader = `import importlib, os
def load(name):
    return importlib.import_module(name)  # countersign-ignore coverage/hidden: the names are those of the tests
def call(name):
    return getattr(os, name)
`

test('each place is told, where it is', async () => {
  const { coverage } = await scanOne({ path: 'a.py', content: loader })
  expect(coverage).toEqual({
    kind: 'incomplete',
    path: 'a.py',
    language: 'python',
    reason: 'hides what it does: line 3 loads a module by a name that cannot be known, and 1 more',
    hidden: [
      { line: 3, how: 'loads a module by a name that cannot be known' },
      { line: 5, how: 'takes a member of `os` by a name that cannot be known' },
    ],
    parseErrors: 0,
  })
})

async function answered(content: string) {
  const { findings, suppressions, coverage } = await scanText({ kind: 'text', content }, { path: 'a.py' })
  return suppress(findings, { suppressions, coverage: [coverage] })
}

test('a comment answers for a place, and no other', async () => {
  const { coverage, findings } = await answered(loader)
  expect(coverage).toMatchObject([{ kind: 'incomplete', hidden: [{ line: 5 }] }])
  expect(findings.filter(({ rule }) => rule.startsWith('suppression/'))).toEqual([])
  expect((await answered(loader.replace('getattr(os, name)', 'os.getcwd()'))).coverage).toEqual([{ kind: 'read', path: 'a.py', language: 'python', parseErrors: 0 }])
  const idle = await answered('x = 1  # countersign-ignore coverage/hidden: nothing is hidden here\n')
  expect(idle.findings.map(({ rule }) => rule)).toEqual(['suppression/unused'])
})
