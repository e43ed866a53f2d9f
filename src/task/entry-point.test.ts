import { expect, test } from 'vitest'
import type { Candidate } from '../records/candidate.ts'
import { readTaskFor } from './entry-point.ts'

const python = (...codes: string[]): Candidate[] => codes.map((content, index) => ({ id: String(index), language: 'python', files: [{ path: 'main.py', content }] }))
const request = { id: 't', language: 'python' as const, instruction: 'Double a number. double(2) == 4' }
const double = 'def helper(n):\n    return n\n\ndef double(n):\n    return 2 * helper(n)\n'

test('the function that candidates define and the task calls is what is asked for, and its examples are tests', async () => {
  const { task } = await readTaskFor(request, python(double, 'def double(n): return n + 2', 'def other(n): return n'))
  expect([task.entryPoint, task.tests.length]).toEqual(['double', 1])
})

test("the user's assertions name it too", async () => {
  const { task } = await readTaskFor({ ...request, instruction: 'Double a number.', tests: { asserts: 'assert double(2) == 4' } }, python(double))
  expect([task.entryPoint, task.tests.length]).toEqual(['double', 1])
})

test('a word of the text is no name, and neither is a part of another name or a method', async () => {
  const { task } = await readTaskFor({ ...request, instruction: 'Please double the number: undouble(2), n.double(3)' }, python(double))
  expect(task.entryPoint).toBeUndefined()
})

test('what the user names stays, whatever candidates define', async () => {
  const { task } = await readTaskFor({ ...request, entryPoint: 'twice' }, python(double))
  expect(task.entryPoint).toBe('twice')
})

test('candidates that do not parse are no reason to fail', async () => {
  const { task } = await readTaskFor(request, python('def double(n:', '('.repeat(100_000), double))
  expect(task.entryPoint).toBe('double')
})
