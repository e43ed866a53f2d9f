import { expect, test } from 'vitest'
import { unifiedDiff } from './unified-diff.ts'

const lines = (...texts: string[]) => texts.map((text) => `${text}\n`).join('')

test('changes that lie apart are hunks of their own, with their surroundings', () => {
  const before = lines('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12')
  const after = before.replace('2\n', 'two\n').replace('11\n', '11\nnew\n')
  expect(unifiedDiff('a', { before, after })).toBe(
    `--- a/a\n+++ b/a\n@@ -1,5 +1,5 @@\n 1\n-2\n+two\n 3\n 4\n 5\n@@ -9,4 +9,5 @@\n 9\n 10\n 11\n+new\n 12\n`,
  )
})

test('the same text has no difference, and a missing end of line is told', () => {
  expect(unifiedDiff('a', { before: 'x\n', after: 'x\n' })).toBe('')
  expect(unifiedDiff('a', { before: 'x', after: 'y' })).toBe(
    '--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n',
  )
})
