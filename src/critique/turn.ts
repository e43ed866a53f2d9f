import type { Absence, CriticRole, ToolCall, Turn } from '../records/critique.ts'
import type { Digest } from '../records/digest.ts'
import type { Prompt, PromptKind } from '../records/prompt.ts'
import { type AskOptions, askInTurn } from './answer.ts'
import { readClaims } from './claim.ts'
import { cut, Fence } from './fence.ts'
import type { Scene } from './scene.ts'
import { type Tool, useTool } from './tool.ts'
import { readToolRequests } from './tool-request.ts'

export interface TurnOptions extends AskOptions {
  tools: readonly Tool[]
  /** Tools used in one turn, at most. */
  mostCalls: number
  toolTimeoutMs: number
  /** How many tools were used in this dialogue before. */
  used: number
}

const longestAnswer = 8_000
const callsAtOnce = 3

/** A turn that was taken, and whether the budget ended it. */
export interface Taken {
  turn: Turn
  isOutOfBudget: boolean
}

/** One critic's turn: it may use tools, and what it says in the end is read as claims. */
export async function takeTurn(role: CriticRole, scene: Scene, promptFor: (scene: Scene, kind: PromptKind) => Prompt | undefined, options: TurnOptions): Promise<Taken> {
  const { tools, mostCalls, used, seed } = options
  const offered = { ...scene, tools: tools.map(({ name, purpose }) => ({ name, purpose })) }
  const calls: ToolCall[] = []
  const absences: Absence[] = []
  const prompts: Digest[] = []
  const turn = (more: Partial<Turn>): Turn => ({ role, text: '', calls, claims: [], absences, prompts, ...more })
  let ask: (kind: PromptKind) => Prompt | undefined = (kind) => promptFor(offered, kind)
  let models = options.models
  for (;;) {
    const answered = await askInTurn(ask, { ...options, models })
    absences.push(...answered.absences)
    if (answered.kind !== 'answered') return { turn: turn({}), isOutOfBudget: answered.kind === 'budget' }
    const { text, name, prompt, asked, model } = answered
    prompts.push(prompt)
    const requests = asked.kind === 'tagged' ? [] : readToolRequests(text, Math.min(callsAtOnce, mostCalls - calls.length))
    if (requests.length === 0) {
      const exhibits = [...scene.exhibits, ...scene.turns.flatMap((earlier) => earlier.calls.flatMap((call) => call.exhibits)), ...calls.flatMap((call) => call.exhibits)]
      const lines = scene.files[0]?.content.trimEnd().split('\n').length ?? 0
      return { turn: turn({ model: name, text: cut(text, longestAnswer), claims: readClaims(text, { exhibits, lines }) ?? [] }), isOutOfBudget: false }
    }
    const fresh: ToolCall[] = []
    for (const request of requests) fresh.push(await useTool(request, { tools, id: `T${used + calls.length + fresh.length + 1}`, timeoutMs: options.toolTimeoutMs, ...(options.signal && { signal: options.signal }) }))
    calls.push(...fresh)
    const next = withResults(asked, { text, calls: fresh, isLast: calls.length >= mostCalls, seed })
    ask = () => next
    // Who asked for the tools is given what they gave; another one would begin anew.
    models = [model]
  }
}

/** The same question with what was answered and what the tools gave. */
function withResults(asked: Prompt, { text, calls, isLast, seed }: { text: string; calls: readonly ToolCall[]; isLast: boolean; seed: number }): Prompt {
  const fence = new Fence(calls.map(({ result }) => result), seed)
  const results = calls.map(({ id, tool, outcome, result }) => fence.quote({ label: `RESULT ${id} of ${tool.replaceAll(/\W/g, '')}, ${outcome}`, text: result }))
  const more = isLast ? 'There are no more tools to use. Answer now, in the form that was asked for.' : 'Use another tool, or answer in the form that was asked for.'
  const question = [fence.rule, ...results, more].join('\n\n')
  if (asked.kind === 'completion') return { kind: 'completion', text: `${asked.text}${cut(text, longestAnswer)}\n\n${question}\n\nAnswer:\n` }
  const messages = asked.kind === 'chat' ? asked.messages : []
  return { kind: 'chat', messages: [...messages, { role: 'assistant', content: cut(text, longestAnswer) }, { role: 'user', content: question }] }
}
