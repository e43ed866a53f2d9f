import { beforeAll, expect, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { aTask } from '../../test/support/builders.ts'
import { CountersignError } from '../errors.ts'
import { scripted } from '../model/scripted.ts'
import { loadSyntax } from '../syntax/tree.ts'
import { readCall } from './read-call.ts'
import { testPrompt } from './test-prompt.ts'
import { writeTests } from './write-tests.ts'
import { writtenAssertions } from './written-assertions.ts'

beforeAll(() => loadSyntax())

const task = { ...aTask({ instruction: 'Add one.\nNever fail.', prompt: 'def f(x):\n    """Add one."""\n' }), entryPoint: 'f' }
const javascript = { ...aTask({ language: 'javascript', instruction: 'Add one.\nNever fail.' }), entryPoint: 'f' }

test('the question for a chat', () => {
  expect(testPrompt(javascript, 'chat')).toMatchInlineSnapshot(`
    {
      "opening": "",
      "prompt": {
        "kind": "chat",
        "messages": [
          {
            "content": "Someone else writes a JavaScript function \`f\` for this task, which you do not get to see.

    Add one.
    Never fail.

    Write 5 assertions that tell right programs from wrong ones, each on a line of its own and in the form \`assert.deepStrictEqual(f(...), ...)\`, with literal values on both sides. Take usual cases and corner cases whose result the task leaves no doubt about.

    Answer with the assertions alone, in one fenced block marked \`javascript\`.",
            "role": "user",
          },
        ],
      },
    }
  `)
})

test('the text for a completion is the beginning of the program with nothing in it', () => {
  expect(testPrompt(task, 'completion')).toMatchInlineSnapshot(`
    {
      "opening": "assert f(",
      "prompt": {
        "kind": "completion",
        "text": "def f(x):
        """Add one."""
        pass

    # check the correctness of f
    assert f(",
      },
    }
  `)
  expect(testPrompt(javascript, 'completion')).toMatchInlineSnapshot(`
    {
      "opening": "console.assert(f(",
      "prompt": {
        "kind": "completion",
        "text": "// Add one.
    // Never fail.
    function f(...values) {
    }

    // check the correctness of f
    console.assert(f(",
      },
    }
  `)
})

test('the sections for a tagged model', () => {
  expect(testPrompt(task, 'tagged')).toMatchInlineSnapshot(`
    {
      "opening": "",
      "prompt": {
        "kind": "tagged",
        "sections": [
          {
            "tag": "py",
            "text": "",
          },
          {
            "tag": "inst",
            "text": "Add one. Never fail.",
          },
          {
            "tag": "test",
            "text": "",
          },
        ],
      },
    }
  `)
})

test.for<[string, string, string[]]>([
  ['lines', 'assert f(1) == 2\nassert f(2) == 3', ['assert f(1) == 2', 'assert f(2) == 3']],
  ['a block among prose', 'Assertions:\nassert that\n```python\nassert f(1) == 2\n```\nassert well', ['assert f(1) == 2']],
  ['inside functions', 'def test_f():\n    assert f(1) == 2\n', ['assert f(1) == 2']],
  ['over several lines', 'assert f([\n  1,\n  2,\n]) == 3\nassert f(2) == 3', ['assert f([\n  1,\n  2,\n]) == 3', 'assert f(2) == 3']],
  ['one without an end', 'assert f([\nassert f(2) == 3', ['assert f([', 'assert f(2) == 3']],
  ['what was thought aloud', '<think>\nassert f(1) == 9\n</think>\nassert f(1) == 2', ['assert f(1) == 2']],
  ['nothing', 'I cannot.', []],
])('assertions are found in %s', ([, reply, found]) => {
  expect(writtenAssertions('python', reply)).toEqual(found)
})

test('assertions of JavaScript, in each of their forms', () => {
  const lines = ['console.assert(f(1) === 2);', 'assert.deepStrictEqual(f([1]), [2])', 'assert(f(1))', 'expect(f(1)).toBe(2)']
  expect(writtenAssertions('javascript', ['const x = 1', ...lines].join('\n'))).toEqual(lines)
})

test('the first five assertions of each answer are taken, as a completion goes on from its opening', async () => {
  const model = scripted({ prompts: ['completion'], reply: (_, { index }) => `${index}) == 1\n${'assert f(0) == 1\n'.repeat(9)}` })
  const written = await writeTests(task, { model, budget: aBudget(), count: 2, seed: 1, maxTokens: 100 })
  expect(written?.assertions.map((own) => [own.length, own[0]])).toEqual([
    [5, 'assert f(0) == 1'],
    [5, 'assert f(1) == 1'],
  ])
  expect(written?.writing).toMatchObject({ asked: 2, failures: [], stop: 'all-drawn' })
})

test.for<['BUDGET_SPENT' | 'MODEL_UNREACHABLE', string]>([
  ['BUDGET_SPENT', 'budget'],
  ['MODEL_UNREACHABLE', 'failed'],
])('a model that gives none (%s) is no reason to stop', async ([code, stop]) => {
  const model = scripted({
    reply: () => {
      throw new CountersignError(code, 'no')
    },
  })
  const written = await writeTests(task, { model, budget: aBudget(), count: 2, seed: 1, maxTokens: 100 })
  expect(written).toMatchObject({ assertions: [], writing: { failures: [{ index: 0, code, message: 'no' }, { index: 1 }], stop } })
})

test('a task without a function to call has no such tests', async () => {
  const { entryPoint: _, ...nameless } = task
  expect(await writeTests(nameless, { model: scripted({}), budget: aBudget(), count: 2, seed: 1, maxTokens: 100 })).toBeUndefined()
})

test.for<[string, unknown]>([
  ['Take this:\n`f(7, [1])`', [7, [1]]],
  ['f(x)\nf(1)', [1]],
  ['f(1) == 2', undefined],
  ['g(1)', undefined],
  ['f(f(1))', undefined],
  ['', undefined],
])('a call is read from %j', ([text, values]) => {
  expect(readCall(task, text)?.steps[0]?.arguments).toEqual(values)
})
