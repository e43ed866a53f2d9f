import type { Exhibit, ToolCall, ToolName } from '../records/critique.ts'
import { cut } from './fence.ts'
import type { ToolDescription } from './scene.ts'
import type { ToolRequest } from './tool-request.ts'

/** What a tool gave. `exhibits` are what claims may rest on; the call's own name is given to them. */
export interface ToolAnswer {
  text: string
  exhibits: Omit<Exhibit, 'id'>[]
}

/** Something that a critic may use. It throws what it cannot answer; whatever it does, it is stopped after its time. */
export interface Tool {
  readonly name: ToolName
  readonly purpose: string
  readonly input: ToolDescription['input']
  use(input: string, signal: AbortSignal): Promise<ToolAnswer>
}

export interface UseOptions {
  tools: readonly Tool[]
  /** The name under which what it gives is cited. */
  id: string
  timeoutMs: number
  signal?: AbortSignal
}

const longestInput = 20_000
const longestResult = 4_000

/** Uses a tool as a critic asked for. Whatever goes wrong in it is its result, but for an interruption of the run. */
export async function useTool({ tool: name, input, malformed }: ToolRequest, { tools, id, timeoutMs, signal }: UseOptions): Promise<ToolCall> {
  const asked = { id, tool: name.slice(0, 40), input: cut(input, longestInput), exhibits: [] }
  const tool = tools.find((one) => one.name === name)
  if (tool === undefined) return { ...asked, outcome: 'refused', result: `there is no tool of that name; there are ${tools.map((one) => one.name).join(', ') || 'none'}` }
  if (malformed !== undefined) return { ...asked, outcome: 'refused', result: malformed }
  if (input.length > longestInput) return { ...asked, outcome: 'refused', result: `the input is longer than ${longestInput} characters` }
  const ended = await within(timeoutMs, async (own) => await tool.use(input, own), signal)
  signal?.throwIfAborted()
  if (ended.kind !== 'answered') return { ...asked, outcome: ended.kind, result: ended.detail }
  const { text, exhibits } = ended.answer
  return { ...asked, outcome: 'answered', result: cut(text, longestResult), exhibits: exhibits.map((exhibit) => Object.assign({ id }, exhibit, { text: cut(exhibit.text, longestResult) })) }
}

type Ended<Answer> = { kind: 'answered'; answer: Answer } | { kind: 'failed' | 'timed-out'; detail: string }

/** What a piece of work comes to in its time. One that does not listen to its signal is left behind. */
async function within<Answer>(timeoutMs: number, work: (signal: AbortSignal) => Promise<Answer>, outer?: AbortSignal): Promise<Ended<Answer>> {
  const own = AbortSignal.timeout(timeoutMs)
  const signal = outer === undefined ? own : AbortSignal.any([own, outer])
  const stopped = Promise.withResolvers<Ended<Answer>>()
  const stop = () => stopped.resolve({ kind: 'timed-out', detail: `no answer within ${timeoutMs} ms` })
  signal.addEventListener('abort', stop, { once: true })
  const done = work(signal).then(
    (answer): Ended<Answer> => ({ kind: 'answered', answer }),
    (error: unknown): Ended<Answer> => (signal.aborted ? { kind: 'timed-out', detail: `no answer within ${timeoutMs} ms` } : { kind: 'failed', detail: cut(error instanceof Error ? error.message : String(error), 400) }),
  )
  const ended = await Promise.race([done, stopped.promise])
  signal.removeEventListener('abort', stop)
  return ended
}
