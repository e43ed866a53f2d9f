import { type Prompt, textsOf } from '../records/prompt.ts'

// Shorter stretches of a question are words that an answer may well use.
const leastEcho = 60

/**
 * What an answer says after it has repeated the question; undefined where it does not. Empty where nothing follows. The end of the question
 * tells: no answer says by chance how it is to be given.
 */
export function afterEcho(text: string, prompt: Prompt): string | undefined {
  if (prompt.kind !== 'chat') return undefined
  const question = textsOf(prompt).at(-1)?.trim() ?? ''
  const end = question.slice(question.lastIndexOf('\n') + 1)
  if (end.length < leastEcho) return undefined
  const at = text.lastIndexOf(end)
  return at === -1 ? undefined : text.slice(at + end.length).trim()
}
