import type { Model } from '../ports.ts'
import { type Prompt, textsOf } from '../records/prompt.ts'

/** A question to a model that only goes on from texts is a text that wants an answer. */
export function asTakenBy(model: Pick<Model, 'prompts'>, prompt: Prompt): Prompt {
  if (model.prompts.includes(prompt.kind)) return prompt
  return { kind: 'completion', text: `${textsOf(prompt).join('\n\n')}\n\nAnswer:` }
}
