import type { ToolCall } from '../records/critique.ts'
import type { Message, Prompt, ToolUse } from '../records/prompt.ts'
import { Fence } from './fence.ts'

/** An answer of a critic that used tools, and what they gave. With `toolUses` it asked for them natively, one for each call. */
export interface Step {
  text: string
  calls: readonly ToolCall[]
  toolUses?: readonly ToolUse[]
}

export interface StepsOptions {
  steps: readonly Step[]
  /** No more tools may be used. */
  isLast: boolean
  seed: number
}

/** A question with what was answered to it so far and what the tools gave. */
export function withSteps(prompt: Prompt, { steps, isLast, seed }: StepsOptions): Prompt {
  if (steps.length === 0 || prompt.kind === 'tagged') return prompt
  const more = (at: number) => (isLast && at === steps.length - 1 ? 'There are no more tools to use. Answer now, in the form that was asked for.' : 'Use another tool, or answer in the form that was asked for.')
  if (prompt.kind === 'completion') {
    const turns = steps.map((step, at) => `${wordsOf(step)}\n\n${resultsOf(step, { seed, more: more(at) })}\n\nAnswer:\n`)
    return { ...prompt, text: prompt.text + turns.join('') }
  }
  const isNative = prompt.tools !== undefined
  const messages = steps.flatMap((step, at) => messagesOf(step, { isNative, seed, more: more(at) }))
  return { ...prompt, messages: [...prompt.messages, ...messages], ...(isNative && isLast && { toolsClosed: true }) }
}

function messagesOf(step: Step, { isNative, seed, more }: { isNative: boolean; seed: number; more: string }): Message[] {
  const { text, calls, toolUses } = step
  if (!isNative || toolUses === undefined) return [{ role: 'assistant', content: wordsOf(step) }, { role: 'user', content: resultsOf(step, { seed, more }) }]
  // Each result stands alone in its message; what is to be done with them stands behind the last one.
  const results = toolUses.map(({ id }, at): Message => {
    const content = resultsOf({ text, calls: calls.slice(at, at + 1) }, { seed, more: at === toolUses.length - 1 ? more : '' })
    return { role: 'tool', use: id, content }
  })
  return [{ role: 'assistant', content: text, toolUses: [...toolUses] }, ...results]
}

/** What a critic said, with the tools that it asked for natively in the words of the other form. */
function wordsOf({ text, calls, toolUses }: Step): string {
  if (toolUses === undefined) return text
  return [...(text.trim() === '' ? [] : [text]), ...calls.map(({ tool, input }) => `TOOL ${tool}\n${input}\nEND`)].join('\n')
}

function resultsOf({ calls }: Step, { seed, more }: { seed: number; more: string }): string {
  const fence = new Fence(calls.map(({ result }) => result), seed)
  const results = calls.map(({ id, tool, outcome, result }) => fence.quote({ label: `RESULT ${id} of ${tool.replaceAll(/\W/g, '')}, ${outcome}`, text: result }))
  return [fence.rule, ...results, ...(more === '' ? [] : [more])].join('\n\n')
}
