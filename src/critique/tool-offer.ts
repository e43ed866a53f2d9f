import type { OfferedTool, ToolUse } from '../records/prompt.ts'
import type { ToolDescription } from './scene.ts'
import type { ToolRequest } from './tool-request.ts'

/** A tool as it is offered natively: it takes one text, under a name that says what. */
export function offerOf({ name, purpose, input }: ToolDescription): OfferedTool {
  return {
    name,
    description: purpose,
    parameters: {
      type: 'object',
      properties: { [input.name]: { type: 'string', description: input.description } },
      required: input.optional === true ? [] : [input.name],
      additionalProperties: false,
    },
  }
}

/** What a native use of a tool asks for; `malformed` where nothing can be made of its arguments. */
export function requestOf({ name, arguments: json }: ToolUse, tools: readonly ToolDescription[]): ToolRequest {
  const tool = tools.find((one) => one.name === name)
  const given = parsed(json)
  if (typeof given === 'string') return { tool: name, input: given }
  if (typeof given !== 'object' || given === null) return { tool: name, input: json, malformed: 'the arguments are no JSON object' }
  const fields = Object.entries(given)
  // A model that calls its one argument something else means it all the same.
  const own = fields.find(([field]) => field === tool?.input.name) ?? (fields.length === 1 ? fields[0] : undefined)
  const input = own === undefined ? undefined : inputOf(own[1])
  if (input !== undefined) return { tool: name, input }
  if (fields.length === 0 && tool?.input.optional === true) return { tool: name, input: '' }
  return { tool: name, input: json, malformed: `it takes one text, "${tool?.input.name ?? 'input'}"` }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function inputOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('\n') : undefined
}
