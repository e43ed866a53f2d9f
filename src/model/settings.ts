import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import { nameWithFields } from './model-name.ts'

const name = z.string().min(1)
const timeoutMs = z.int().min(1).exactOptional()
/** The environment variable that holds the key; the key itself is never a setting. */
const keyVariable = z
  .string()
  .regex(/^[A-Za-z_]\w*$/)
  .exactOptional()

/** How tools are offered to critics: `native` unless the endpoint drops them without a word. */
const tools = z.enum(['native', 'plain']).exactOptional()

/** Which model, and how it is reached. Data, and without secrets. */
export const ModelSettings = z.discriminatedUnion('driver', [
  z.strictObject({
    driver: z.literal('openai-compatible'),
    url: name,
    model: name,
    keyVariable,
    api: z.enum(['chat', 'completions']).exactOptional(),
    scorers: z.array(name).exactOptional(),
    tools,
    extra: z.record(z.string(), z.json()).exactOptional(),
    timeoutMs,
  }),
  z.strictObject({
    driver: z.literal('anthropic'),
    model: name,
    url: name.exactOptional(),
    keyVariable,
    tools,
    extra: z.record(z.string(), z.json()).exactOptional(),
    timeoutMs,
  }),
  z.strictObject({
    driver: z.literal('llama'),
    path: name,
    threads: z.int().min(1).exactOptional(),
    contextSize: z.int().min(64).exactOptional(),
    sequences: z.int().min(1).max(64).exactOptional(),
  }),
  z.strictObject({ driver: z.literal('embedded') }),
  z.strictObject({ driver: z.literal('command'), command: z.array(z.string()).min(1), allowAgent: z.boolean().exactOptional(), timeoutMs }),
])
export type ModelSettings = z.infer<typeof ModelSettings>

const anthropicKey = 'ANTHROPIC_API_KEY'

/** How a model is written that a key in the environment opens, and the variable that holds the key. */
export function keyedModels(): { model: string; variable: string }[] {
  const hosted = Object.entries(modelHosts).flatMap(([name, { keyVariable }]) =>
    keyVariable === undefined ? [] : [{ model: `${name}:NAME`, variable: keyVariable }],
  )
  return [...hosted, { model: 'anthropic:NAME', variable: anthropicKey }]
}

/** Holds the key of an endpoint that is given by its URL. */
export const endpointKey = 'COUNTERSIGN_API_KEY'

/** Endpoints that have names of their own. */
const modelHosts: Record<string, { url: string; keyVariable?: string }> = {
  openai: { url: 'https://api.openai.com/v1', keyVariable: 'OPENAI_API_KEY' },
  openrouter: { url: 'https://openrouter.ai/api/v1', keyVariable: 'OPENROUTER_API_KEY' },
  together: { url: 'https://api.together.xyz/v1', keyVariable: 'TOGETHER_API_KEY' },
  fireworks: { url: 'https://api.fireworks.ai/inference/v1', keyVariable: 'FIREWORKS_API_KEY' },
  gemini: { url: 'https://generativelanguage.googleapis.com/v1beta/openai', keyVariable: 'GEMINI_API_KEY' },
  ollama: { url: 'http://127.0.0.1:11434/v1' },
  vllm: { url: 'http://127.0.0.1:8000/v1' },
}

/**
 * Reads a model as it is written on a command line: `embedded`, `openai:NAME` (and the other hosts), `anthropic:NAME`, `llama:FILE` or a `.gguf` file,
 * `command:PROGRAM ARGUMENTS`, or the URL of an endpoint with `#NAME` behind it. Behind a hosted model's name `?field=value` adds fields to
 * each request (`openai:gpt-6-luna?reasoning_effort=none`); `?api=completions` asks an endpoint to go on from texts, and
 * `?tools=plain` offers tools to critics in words alone.
 */
export function parseModel(text: string): ModelSettings {
  if (text === 'embedded') return { driver: 'embedded' }
  const [, scheme = '', rest = ''] = /^([a-z]+):(.+)$/s.exec(text) ?? []
  if (scheme === 'http' || scheme === 'https') return endpointOf(text)
  const host = Object.hasOwn(modelHosts, scheme) ? modelHosts[scheme] : undefined
  if (host !== undefined) return openAi(rest, host)
  if (scheme === 'anthropic') {
    const { model, fields } = nameWithFields(rest)
    const { tools, ...extra } = fields
    return { driver: 'anthropic', model: named(model, text), keyVariable: anthropicKey, ...toolsOf(tools, model), ...extraOf(extra) }
  }
  if (scheme === 'llama') return { driver: 'llama', path: rest }
  if (scheme === 'command') return { driver: 'command', command: wordsOf(rest) }
  if (text.endsWith('.gguf')) return { driver: 'llama', path: text }
  throw new CountersignError(
    'INPUT_INVALID',
    `cannot read the model '${text}': write for example embedded, openai:gpt-6-luna, anthropic:claude-haiku-5-5, ollama:NAME, llama:FILE.gguf, 'command:claude -p', or http://127.0.0.1:8000/v1#NAME`,
  )
}

function endpointOf(text: string): ModelSettings {
  const at = text.indexOf('#')
  if (at === -1 || at === text.length - 1) throw new CountersignError('INPUT_INVALID', `'${text}' names no model: write ${text}#NAME`)
  return openAi(text.slice(at + 1), { url: text.slice(0, at), keyVariable: endpointKey })
}

function openAi(text: string, host: { url: string; keyVariable?: string }): ModelSettings {
  const { model, fields } = nameWithFields(text)
  const { api, tools, ...extra } = fields
  if (api !== undefined && api !== 'chat' && api !== 'completions')
    throw new CountersignError('INPUT_INVALID', `the api of ${model} is chat or completions`)
  return { driver: 'openai-compatible', ...host, model: named(model, text), ...(api === undefined ? {} : { api }), ...toolsOf(tools, model), ...extraOf(extra) }
}

function toolsOf(tools: unknown, model: string): { tools?: 'native' | 'plain' } {
  if (tools !== undefined && tools !== 'native' && tools !== 'plain') throw new CountersignError('INPUT_INVALID', `the tools of ${model} are native or plain`)
  return tools === undefined ? {} : { tools }
}

function named(model: string, text: string): string {
  if (model === '') throw new CountersignError('INPUT_INVALID', `'${text}' names no model`)
  return model
}

function extraOf(fields: ReturnType<typeof nameWithFields>['fields']): { extra?: typeof fields } {
  return Object.keys(fields).length === 0 ? {} : { extra: fields }
}

// As a shell cuts words, without anything that a shell would do with them.
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!)
}
