import { expect, test } from 'vitest'
import type { Language } from '../records/language.ts'
import type { Value } from '../records/value.ts'
import { inputPrompt, wantedPrompt } from './distinction-prompt.ts'
import { shownCall, shownObservation } from './shown.ts'

const tuple: Value = { $: 'tuple', v: [1, 'a'] }
const map: Value = { $: 'map', v: [['a', { $: 'undefined' }]] }

test('a call is shown as its language writes it', () => {
  expect(shownCall('python', { steps: [{ name: 'Stack', arguments: [] }, { name: 'push', arguments: [true, tuple], keywords: { at: null } }] })).toBe("Stack().push(True, (1, 'a'), at=None)")
  expect(shownCall('javascript', { steps: [{ name: 'f', arguments: [map, { $: 'int', v: '9007199254740993' }] }] })).toBe('f({"a": undefined}, 9007199254740993n)')
})

test.for<[Language, Value, string]>([
  ['javascript', { $: 'float', v: 'NaN' }, 'returned NaN'],
  ['javascript', { $: 'set', v: [1] }, 'returned new Set([1])'],
  ['python', { $: 'bytes', v: 'YQ==' }, "returned b'a'"],
  ['python', [{ $: 'opaque', v: 'Mine' }], 'returned an object that is no plain data'],
  ['python', { $: 'undefined' }, 'returned an object that is no plain data'],
  ['python', 'x'.repeat(5000), `returned '${'x'.repeat(1999)}… (5002 characters)`],
])('%s shows %j', ([language, value, text]) => {
  expect(shownObservation(language, { kind: 'returned', value })).toBe(text)
})

test('what is no value is said in words', () => {
  expect(shownObservation('python', { kind: 'raised', error: { type: 'ValueError', message: 'no' } })).toBe('raised ValueError: no')
  expect(shownObservation('python', { kind: 'timed-out' })).toBe('timed out')
})

const dispute = { instruction: 'Add one.', language: 'python', entryPoint: 'f' } as const

test('the questions about a difference', () => {
  expect(inputPrompt(dispute, ['def f(x): return 1\n', 'def f(x): return 2\n'])).toMatchInlineSnapshot(`
    {
      "kind": "chat",
      "messages": [
        {
          "content": "Two programs for the same task do not always give the same result. Find a call of \`f\` on which they differ and for which the task says what is right.

    The task:

    Add one.

    Program A:

    \`\`\`python
    def f(x): return 1
    \`\`\`

    Program B:

    \`\`\`python
    def f(x): return 2
    \`\`\`

    End your answer with a line that holds nothing but the call, in the form \`f(...)\` with literal values as arguments.",
          "role": "user",
        },
      ],
    }
  `)
  expect(wantedPrompt(dispute, { call: 'f(0)', results: ['returned 1', 'raised ValueError: no'] })).toMatchInlineSnapshot(`
    {
      "kind": "chat",
      "messages": [
        {
          "content": "The task:

    Add one.

    On the call \`f(0)\`, two programs for it did this:

    A: returned 1

    B: raised ValueError: no

    Which of the two does the task want? End your answer with a line that holds nothing but A, B, or UNCLEAR.",
          "role": "user",
        },
      ],
    }
  `)
})
