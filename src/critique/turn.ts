import type { Absence, CriticRole, ToolCall, Turn } from '../records/critique.ts'
import type { Digest } from '../records/digest.ts'
import type { Prompt, PromptKind } from '../records/prompt.ts'
import { type Answered, type AskOptions, askInTurn, type Form } from './answer.ts'
import { readClaims } from './claim.ts'
import { cut } from './fence.ts'
import type { Scene } from './scene.ts'
import { type Step, withSteps } from './step.ts'
import { type Tool, useTool } from './tool.ts'
import { requestOf } from './tool-offer.ts'
import { readToolRequests, type ToolRequest } from './tool-request.ts'

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
  const { tools, mostCalls, seed } = options
  const calls: ToolCall[] = []
  const absences: Absence[] = []
  const prompts: Digest[] = []
  const steps: Step[] = []
  const told: Pick<Turn, 'tools'> = {}
  const turn = (more: Partial<Turn>): Turn => ({ role, text: '', calls, claims: [], absences, prompts, ...told, ...more })
  const ask = ({ kind, native }: Form) => {
    const prompt = promptFor({ ...scene, tools, native }, kind)
    return prompt === undefined ? undefined : withSteps(prompt, { steps, isLast: calls.length >= mostCalls, seed })
  }
  let models = options.models
  for (;;) {
    const answered = await askInTurn(ask, { ...options, models, offersTools: tools.length > 0 })
    absences.push(...answered.absences)
    if (answered.kind !== 'answered') return { turn: turn({}), isOutOfBudget: answered.kind === 'budget' }
    const { text, name, prompt, asked, model } = answered
    prompts.push(prompt)
    if (tools.length > 0 && asked.kind !== 'tagged') told.tools = { offered: answered.native ? 'native' : 'plain', ...(answered.toolsRefused !== undefined && { refused: answered.toolsRefused }) }
    const left = Math.min(callsAtOnce, mostCalls - calls.length)
    const requests = requestsIn(answered, tools)
    if (left <= 0 || requests.length === 0) {
      calls.push(...(mostCalls === 0 ? [] : requests.map((request, at) => unused(request, options.used + calls.length + at + 1))))
      const used = [...scene.turns.flatMap((earlier) => earlier.calls), ...calls]
      const exhibits = [...scene.exhibits, ...used.flatMap((call) => call.exhibits)]
      const lines = scene.files[0]?.content.trimEnd().split('\n').length ?? 0
      return { turn: turn({ model: name, text: cut(text, longestAnswer), claims: readClaims(text, { exhibits, calls: used, lines }) ?? [] }), isOutOfBudget: false }
    }
    const fresh: ToolCall[] = []
    for (const [at, request] of requests.entries()) {
      const number = options.used + calls.length + at + 1
      const use = { tools, id: `T${number}`, timeoutMs: options.toolTimeoutMs, ...(options.signal && { signal: options.signal }) }
      fresh.push(at < left ? await useTool(request, use) : unused(request, number))
    }
    calls.push(...fresh)
    steps.push({ text: cut(text, longestAnswer), calls: fresh, ...(answered.toolUses && { toolUses: answered.toolUses }) })
    // Who asked for the tools is given what they gave; another one would begin anew.
    models = [model]
  }
}

/** The tools that an answer asks for, natively or in words. Of those in words only so many are read as may be used. */
function requestsIn({ text, asked, toolUses }: Answered & { kind: 'answered' }, tools: readonly Tool[]): ToolRequest[] {
  if (toolUses !== undefined) return toolUses.map((use) => requestOf(use, tools))
  return asked.kind === 'tagged' ? [] : readToolRequests(text, callsAtOnce)
}

/** What was asked for beyond what a turn may use. */
function unused({ tool, input }: ToolRequest, number: number): ToolCall {
  return { id: `T${number}`, tool: tool.slice(0, 40), input: cut(input, 400), outcome: 'refused', result: 'no more tools may be used in this turn, or at once', exhibits: [] }
}
