import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { CountersignError } from '../errors.ts'
import { Task } from '../records/task.ts'
import { readTask } from './read-task.ts'

const hostile: Record<string, string> = {
  brackets: `f(1) -> ${'['.repeat(100_000)}`,
  calls: 'f('.repeat(50_000),
  strings: 'f("'.repeat(50_000),
  leads: 'for '.repeat(50_000),
  labels: 'Input: '.repeat(30_000),
  sessions: '>>> f("\n'.repeat(20_000),
  arrows: '1 -> '.repeat(50_000),
  definitions: 'def f(a):\n'.repeat(20_000),
  words: 'the function should '.repeat(20_000),
  surrogates: '\ud800'.repeat(1000),
}

test.each(Object.entries(hostile).flatMap(([name, text]) => [['python', name, text] as const, ['javascript', name, text] as const]))(
  '%s: endless %s are read to an end',
  async (language, _name, instruction) => {
    const { task, unread } = await readTask({ id: 't', language, instruction, entryPoint: 'f' })
    expect(Task.safeParse(task).success).toBe(true)
    expect(unread.some(({ reason }) => reason === 'too-long')).toBe(instruction.length > 60_000)
  },
)

test('whatever a text says, reading it gives a task and no crash', async () => {
  const pieces = 'f(|)|[|]|{|}|,|:|=|==|->|=>|>>> |... |\n|\n    |"|\'|"""|\\|# |// |* |Input: |Output: |For |returns |raises ValueError|assert |1|-2.5|"a"|None|True|x|n|def f(n):|function f(n) {|```|not |in |**'.split('|')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 60 }), fc.constantFrom('python', 'javascript', 'typescript'), async (words, language) => {
      fc.pre(words.join('').trim() !== '')
      const { task } = await readTask({ id: 't', language, instruction: words.join(''), entryPoint: 'f', generatedTests: [[words.join('')]] })
      expect(Task.parse(task)).toEqual(task)
      // What a user asserts must be whole; that it is not is our answer, and no crash.
      await readTask({ id: 't', language, instruction: 'f', tests: { asserts: words.join('') } }).catch((error: unknown) => expect(error).toBeInstanceOf(CountersignError))
    }),
    { numRuns: 400 },
  )
})
