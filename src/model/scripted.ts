import { CountersignError } from '../errors.ts'
import type { Model, ModelCall, SampleCall } from '../ports.ts'
import type { Prompt, PromptKind, Sampling } from '../records/prompt.ts'
import { textsOf } from '../records/prompt.ts'
import type { Domain } from '../records/familiarity.ts'
import type { Embedded, Reply, Sample, Scored } from '../records/sample.ts'
import { fanOut } from './fan-out.ts'
import { truncateAtStop } from './stop.ts'
import { mostTokens, worstSample } from './worst-case.ts'

/** What a scripted model says. A reply is its text, or parts of a sample; an error thrown by the script is thrown by the model. */
export interface Script {
  name?: string
  prompts?: readonly PromptKind[]
  domain?: Domain
  takesTools?: true
  reply?: (prompt: Prompt, at: { index: number; sampling: Sampling }) => string | Partial<Sample>
  score?: (prompt: Prompt, continuation: string) => Scored
  embed?: (text: string) => number[]
}

/** A model that answers from a script, for tests: no network, no chance, and it keeps the same books as a real one. */
export function scripted(script: Script): Model {
  const name = script.name ?? 'scripted'
  const identity = `scripted/${name}`
  return {
    driver: 'scripted',
    name,
    prompts: script.prompts ?? ['chat', 'completion', 'tagged'],
    scorers: script.score === undefined ? [] : ['script'],
    ...(script.domain && { domain: script.domain }),
    ...(script.takesTools && { takesTools: script.takesTools }),

    async sample(prompt, call): Promise<Reply> {
      const indices = Array.from({ length: call.count }, (_, position) => call.first + position)
      return await fanOut(indices, async (index) => {
        const reservation = await call.budget.reserve(worstSample(identity, prompt, { ...call, count: 1 }), call.signal)
        try {
          const sample = perform(script, { prompt, index, call })
          const usage = {
            inputTokens: textsOf(prompt).join('').length,
            outputTokens: Math.min(sample.text.length, call.sampling.maxTokens),
          }
          reservation.settle(usage)
          return { sample, usage }
        } finally {
          reservation.settle('nothing')
        }
      })
    },

    async score(prompt, continuation, call): Promise<Scored> {
      if (script.score === undefined) return { kind: 'unavailable', reason: 'the script scores nothing' }
      await account(identity, [...textsOf(prompt), continuation], call)
      return script.score(prompt, continuation)
    },

    async embed(texts, call): Promise<Embedded> {
      if (script.embed === undefined) return { kind: 'unavailable', reason: 'the script embeds nothing' }
      await account(identity, texts, call)
      return { kind: 'embedded', vectors: texts.map(script.embed) }
    },

    versions: async () => ({}),
    close: async () => {},
  }
}

function perform(script: Script, { prompt, index, call }: { prompt: Prompt; index: number; call: SampleCall }): Sample {
  if (script.reply === undefined) throw new CountersignError('MODEL_REFUSED', 'the script has no reply')
  const reply = script.reply(prompt, { index, sampling: call.sampling })
  const { text = '', ...rest } = typeof reply === 'string' ? { text: reply } : reply
  const kept = truncateAtStop(text, call.sampling.stop)
  call.onText?.(index, kept)
  return { index, ending: kept.trim() === '' && rest.toolUses === undefined ? 'empty' : 'complete', ...rest, text: kept }
}

async function account(model: string, texts: readonly string[], { budget, signal }: ModelCall): Promise<void> {
  const reservation = await budget.reserve({ model, inputTokens: mostTokens(texts), outputTokens: 0 }, signal)
  reservation.settle({ inputTokens: texts.join('').length, outputTokens: 0 })
}
