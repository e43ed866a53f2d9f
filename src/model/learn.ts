import { CountersignError } from '../errors.ts'
import type { Prompt } from '../records/prompt.ts'
import type { HttpFailure } from './http-failure.ts'

const unsupported =
  /unsupported|not support|unrecogni[sz]ed|unknown|extra (?:inputs|fields)|not permitted|not allowed|unexpected|cannot (?:both )?be (?:set|specified)|deprecated/i

/** Whether an error says that the endpoint does not take one of these fields; that one is then left out of every later request. */
export function learnFrom(ignored: Set<string>, optional: readonly string[], { status, said }: HttpFailure): boolean {
  if ((status !== 400 && status !== 422) || said === undefined) return false
  const message = ` ${said.message} `
  const named = optional.find(
    (name) => said.parameter === name || (unsupported.test(message) && new RegExp(`['"\`.\\s(]${name}['"\`\\s:.,)]`).test(message)),
  )
  if (named === undefined || ignored.has(named)) return false
  ignored.add(named)
  return true
}

// vLLM without a parser of tools and Ollama say 400, OpenRouter 404, gateways 422, and llama.cpp's server 500.
const refusing = new Set([400, 404, 422, 500, 501])

/** Whether an endpoint that was offered tools complains of them: another attempt with the same would be no better. */
export function complainsOfTools(prompt: Prompt, { status, said, error }: HttpFailure): boolean {
  if (prompt.kind !== 'chat' || prompt.tools === undefined || error.code === 'CONTEXT_EXCEEDED') return false
  return status !== undefined && refusing.has(status) && said !== undefined && /\btool(?:s|_\w+)?\b|\bfunctions?\b|function[ _-]?call/i.test(said.message)
}

export function toolsRefused(model: string, because: string): CountersignError {
  return new CountersignError('TOOLS_REFUSED', `${model} takes no tools: ${because}`)
}
