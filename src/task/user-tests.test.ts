import { beforeAll, expect, test } from 'vitest'
import type { Scope } from './scope.ts'
import { loadSyntax } from '../syntax/tree.ts'
import { readTask } from './read-task.ts'
import { readTestFiles, readUserAsserts, runnerOf } from './user-tests.ts'

beforeAll(() => loadSyntax())

const python: Scope = { language: 'python', names: new Set(['area']) }

test('each assert is a test of its own, and brings its setup only where it needs it', () => {
  const text = `
from shapes import area
import math
side = 4  # metres
assert area(2, 3) == 6, 'two by three'
assert area(side, side) == math.pow(side, 2)
with pytest.raises(ValueError):
    area(-1, 2)
`
  const read = readUserAsserts(python, text)
  expect(read.map(({ kind }) => kind)).toEqual(['call', 'in-process', 'call'])
  expect(read[1]).toMatchObject({ code: 'import math\nside = 4\nassert area(side, side) == math.pow(side, 2)' })
})

test('nothing that the user asserts is left out: loops, helpers and test functions run inside', () => {
  const text = `
sides = [1, 2]
def square(side):
    return area(side, side)
for side in sides:
    assert square(side) == side * side
def test_unit():
    assert square(1) == 1
assert square(w) == 1
`
  const read = readUserAsserts(python, text)
  expect(read.map(({ kind }) => kind)).toEqual(['in-process', 'in-process', 'in-process'])
  expect(read[1]).toMatchObject({ code: expect.stringMatching(/^sides = \[1, 2\]\ndef square[^]*\ntest_unit\(\)$/) })
})

test.each([
  ['assert area(1, 1) == (1', 'do not parse'],
  ['area(1, 1)\n', 'no assertion'],
])('asserts that say nothing are refused: %j', (text, message) => {
  expect(() => readUserAsserts(python, text)).toThrow(message)
})

test('JavaScript assertions work with and without semicolons', () => {
  const text = "import assert from 'node:assert/strict'\nassert.equal(area(2, 3), 6);\nexpect(area(1)).toBe(1)\n"
  const read = readUserAsserts({ language: 'typescript', names: new Set(['area']) }, text)
  expect(read.map(({ kind }) => kind)).toEqual(['call', 'call'])
})

test("what a model wrote stays as often as it was written, and what is broken is counted", async () => {
  const prompt = 'def area(w, h):\n'
  const generatedTests = [['assert area(1, 2) == 2', 'assert area(1, 2) == 2'], [], ['assert ___ == area(1, 1)', 'assert area(1, [']]
  const { task, unread } = await readTask({ id: 't', language: 'python', instruction: prompt, prompt, generatedTests })
  expect(task.tests.map((found) => found.source)).toEqual(['generated', 'generated'])
  expect(unread.map(({ reason }) => reason)).toEqual(['unknown-name', 'incomplete'])
})

test.each([
  ['test_area.py', 'def test_area(): ...', [], 'pytest'],
  ['area.test.ts', "import { expect, test } from 'vitest'", [], 'vitest'],
  ['area.spec.js', "const { test } = require('node:test')", [], 'node-test'],
  ['area.test.js', "import { jest } from '@jest/globals'", [], 'jest'],
  ['area.test.js', "test('a', () => { jest.fn() })", [], 'jest'],
  ['area.test.js', "describe('a', () => {})", ['vitest'], 'vitest'],
  ['area.test.js', "describe('a', () => {})", ['jest'], 'jest'],
  ['area.test.js', "describe('a', () => {})", [], undefined],
  ['area.txt', 'test(', [], undefined],
])('%s with %s and dependencies %j is for %s', (path, content, dependencies, runner) => {
  expect(runnerOf({ path, content }, dependencies)).toBe(runner)
})

test('files and commands become one test with the files beside it', () => {
  const files = [{ path: 'test_area.py', content: 'def test_area(): ...' }]
  expect(readTestFiles(files)).toEqual({ kind: 'files', source: 'user', text: 'test_area.py', files, runner: 'pytest' })
  expect(readTestFiles(files, { command: ['make', 'test'] })).toEqual({ kind: 'files', source: 'user', text: 'make test', files, runner: 'command', command: ['make', 'test'] })
})

test('files that nobody can run are refused with what would help', () => {
  expect(() => readTestFiles([])).toThrow('no test file')
  expect(() => readTestFiles([{ path: 'area.test.js', content: 'it()' }])).toThrow('name one, or give a command')
  expect(() => readTestFiles([{ path: 'a.py', content: '' }, { path: 'b.js', content: "import 'vitest'" }])).toThrow('different runners')
})

test('a task that asks for nothing is refused', async () => {
  await expect(readTask({ id: 't', language: 'python', instruction: ' \n' })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})
