import { expect, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { aTask } from '../../test/support/builders.ts'
import { scripted } from '../model/scripted.ts'
import { type Prompt, type PromptKind, textsOf } from '../records/prompt.ts'
import { afterEcho } from './echo.ts'
import { withMissingModules } from './missing-module.ts'
import { outlinePrompt, plannedPrompt } from './plan-prompt.ts'
import { samplePlanned } from './sample-planned.ts'

const task = aTask({ instruction: 'Write f(x) that gives twice the number after x.', signature: { name: 'f', kind: 'function', parameters: [{ name: 'x', optional: false, special: false }] } })
const offered = [{ code: 'def next_of(x):\n    return x + 1', known: 'from a program that passes 1 of 2 tests; nothing was found wrong in it:' }]
const outline = 'next_of(x): the number after x\nf(x): what was asked for'

test.each<PromptKind>(['chat', 'completion', 'tagged'])('the prompts of a %s model', async (kind) => {
  const prompts: Prompt[] = [...(kind === 'chat' ? [] : [outlinePrompt(task, kind).prompt]), plannedPrompt(task, kind, { outline, offered: [] }), plannedPrompt(task, kind, { offered })]
  await expect(`${prompts.map(written).join('\n\n=====\n\n')}\n`).toMatchFileSnapshot(`../../test/fixtures/plan/${kind}.txt`)
})

function written(prompt: Prompt): string {
  return prompt.kind === 'tagged' ? prompt.sections.map((section) => `<|${section.tag}|>${section.text}`).join('') : textsOf(prompt).join('\n\n')
}

async function planned(kind: PromptKind, reply: (text: string, index: number) => string, more: { first?: number; offered?: typeof offered } = {}) {
  const asked: string[] = []
  const model = scripted({ prompts: [kind], reply: (prompt, { index }) => (asked.push(written(prompt)), reply(written(prompt), index)) })
  const drawn = await samplePlanned(task, model, { budget: aBudget(), count: 2, first: 1, sampling: { temperature: 0.8, maxTokens: 100 }, offered: [], ...more })
  return { drawn, asked, codes: drawn.proposals.map(({ candidate }) => candidate.files[0]?.content.trim()), plans: drawn.proposals.map(({ plan }) => plan?.map(({ name }) => name)) }
}

test('a chat outlines and writes in one answer; an answer without an outline is used as it is, and counted', async () => {
  const code = '```python\ndef f(x):\n    return 2 * x + 2\n```'
  const { drawn, plans } = await planned('chat', (_, index) => (index === 1 ? `\`\`\`outline\n${outline}\n\`\`\`\n\n${code}` : code))
  expect(plans).toEqual([undefined, ['next_of', 'f'], undefined])
  expect(drawn.outlines).toEqual({ asked: 2, missing: 1 })
})

test('what goes on from a text is asked twice: for an outline, and for a program from it', async () => {
  const { drawn, asked, plans, codes } = await planned('tagged', (text, index) => (text.endsWith('<|plan|>') ? (index === 1 ? outline : 'I cannot.') : `def f(x):\n    return ${text.includes('<|plan|>next_of(x): the') ? 1 : 2}\n`))
  expect(plans).toEqual([undefined, ['next_of', 'f'], undefined])
  expect(codes.map((code) => code?.at(-1))).toEqual(['2', '1', '2'])
  expect(drawn.outlines).toEqual({ asked: 2, missing: 1 })
  expect(asked).toHaveLength(5)
})

test('what goes on from modules is asked once, without the direct answer in a later round', async () => {
  const { drawn, asked, codes } = await planned('tagged', () => 'def f(x):\n    return 2 * next_of(x)\n', { first: 3, offered })
  expect(asked).toHaveLength(2)
  expect(drawn.proposals.map(({ candidate }) => candidate.id)).toEqual(['sample-3', 'sample-4'])
  // A module that it was shown and takes for granted comes along.
  expect(codes[0]).toBe('def next_of(x):\n    return x + 1\n\ndef f(x):\n    return 2 * next_of(x)')
  expect(drawn.outlines).toBeUndefined()
})

test('modules come along only where they are used and missing, behind the imports, and with what they use themselves', () => {
  const modules = ['def a(x):\n    return b(x)', 'def b(x):\n    return x', 'def c(x):\n    return x']
  expect(withMissingModules('import os\n\ndef f(x):\n    return a(x)\n', modules, 'python')).toBe('import os\n\ndef a(x):\n    return b(x)\n\ndef b(x):\n    return x\n\ndef f(x):\n    return a(x)\n')
  expect(withMissingModules('def f(x):\n    return 1\n', modules, 'python')).toBe('def f(x):\n    return 1\n')
  expect(withMissingModules('def a(x):\n    return 2\n\ndef f(x):\n    return a(x)\n', modules, 'python')).not.toContain('return b(x)')
})

test('an answer that repeats the question holds what follows it', () => {
  const prompt = plannedPrompt(task, 'chat', { offered })
  const question = textsOf(prompt).at(-1)!
  expect(afterEcho(`${question}\n\nmine`, prompt)).toBe('mine')
  expect(afterEcho(question, prompt)).toBe('')
  expect(afterEcho('mine', prompt)).toBeUndefined()
})
