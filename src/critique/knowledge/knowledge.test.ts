import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuTimer } from '../../../test/support/cpu.ts'
import { Folder } from '../../../test/support/folder.ts'
import { rulesById } from '../../finding/rules.ts'
import { folderPassages } from './folder.ts'
import { Knowledge } from './knowledge.ts'
import { passagesOf } from './passage.ts'
import { weaknesses } from './weaknesses.ts'

const knowledge = new Knowledge({ rules: [...rulesById().values()] })

test('each weakness that a rule names is known, and only those', () => {
  const named = new Set([...rulesById().values()].flatMap(({ cwe }) => cwe ?? []))
  expect(weaknesses.map(({ cwe }) => cwe)).toEqual([...named].sort((a, b) => a - b))
})

test.each([
  ['CWE-89', 89],
  ['cwe 22 in python', 22],
  ['how do I start a program without a shell', 78],
  ['password hashing rounds', 916],
  ['pickle untrusted data', 502],
  ['"unbalanced AND OR NOT ( * ^ path traversal', 22],
])('%s', (question, cwe) => {
  expect(knowledge.search(question).map((passage) => passage.cwe)).toContain(cwe)
})

test('whatever is asked, it answers', () => {
  fc.assert(fc.property(fc.string(), (question) => knowledge.search(question).length <= 4), { seed: 1 })
  expect(knowledge.search('')).toEqual([])
  expect(knowledge.search('word '.repeat(100_000)).length).toBeLessThanOrEqual(4)
})

test('folders of the user are searched too', () => {
  using folder = new Folder({ 'guide/login.md': '# Login\n\nUse the function frobnicate_session of acme.\n\n# Other\n\nNothing.', 'image.png': new Uint8Array(10), 'empty.md': '' })
  const added = new Knowledge({ passages: folderPassages([folder.path]) })
  expect(added.search('frobnicate_session')).toEqual([{ title: 'Login (guide/login.md)', source: 'guide/login.md', text: '# Login\n\nUse the function frobnicate_session of acme.' }])
  expect(() => folderPassages([`${folder.path}/absent`])).toThrow(/cannot be read/)
  added.close()
})

test('a document is told in passages that people read at once', () => {
  const text = `# A\n\n${'word '.repeat(1000)}\n\n# B\n\nshort`
  const passages = passagesOf({ path: 'a.md', text })
  expect(Math.max(...passages.map((passage) => passage.text.length))).toBeLessThanOrEqual(2_500)
  expect(passages.at(-1)?.title).toBe('B (a.md)')
})

test('a search takes little, the first one too', () => {
  const spent = cpuTimer()
  const own = new Knowledge({ rules: [...rulesById().values()] })
  own.build()
  for (let at = 0; at < 100; at += 1) own.search('is it safe to keep what a user sends in a file whose name the user chooses, and to read it again later')
  own.close()
  expect(spent() / 100).toBeLessThan(5)
})
