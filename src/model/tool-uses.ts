import type { Prompt, ToolUse } from '../records/prompt.ts'
import type { Sample } from '../records/sample.ts'

/** A tool's use as an endpoint gives it. */
export interface WireToolUse {
  id?: string | null | undefined
  name?: string | null | undefined
  /** JSON text, or what it stands for. */
  arguments?: unknown
}

const mostUses = 16
const longestArguments = 100_000

/** What a sample holds of the uses of tools that an answer asks for; nothing where none were offered. Ids that are missing, odd or given twice are replaced. */
export function toolUsesOf(prompt: Prompt, uses: readonly WireToolUse[]): Pick<Sample, 'toolUses'> {
  if (prompt.kind !== 'chat' || prompt.tools === undefined || uses.length === 0) return {}
  const before = prompt.messages.flatMap((message) => (message.role === 'assistant' ? (message.toolUses ?? []).map(({ id }) => id) : []))
  const known = new Set(before)
  const toolUses = uses.slice(0, mostUses).map((use, at): ToolUse => {
    const own = use.id ?? ''
    const id = /^[\w-]{1,100}$/.test(own) && !known.has(own) ? own : `use-${before.length + at + 1}`
    known.add(id)
    return { id, name: (use.name ?? '').slice(0, 64), arguments: textOf(use.arguments).slice(0, longestArguments).toWellFormed() }
  })
  return { toolUses }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '{}' : JSON.stringify(value)
}

/** A tool's name as endpoints take it back, whatever the model wrote. */
export function wireName(name: string): string {
  return name.replaceAll(/[^\w-]/g, '_') || 'unnamed'
}
