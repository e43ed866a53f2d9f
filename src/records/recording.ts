import { z } from 'zod'
import { Digest, digestRecord } from './digest.ts'
import { Domain } from './familiarity.ts'
import { Prompt, PromptKind, Sampling } from './prompt.ts'
import { Embedded, Reply, Scored, Usage } from './sample.ts'
import { WorstCase } from './spend.ts'

/** What one attempt reserved and then used. */
export const Charge = z.strictObject({ worst: WorstCase, used: z.union([Usage, z.enum(['nothing', 'worst-case', 'unknown'])]) })
export type Charge = z.infer<typeof Charge>

/** What a model was asked, to the letter. */
export const Question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sample'), prompt: Prompt, sampling: Sampling, first: z.int().min(0), count: z.int().min(1) }),
  z.strictObject({ kind: z.literal('score'), prompt: Prompt, continuation: z.string(), by: z.string() }),
  z.strictObject({ kind: z.literal('embed'), texts: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('versions') }),
])
export type Question = z.infer<typeof Question>

/** What came back: the record of the question's kind, or the error that was thrown. */
export const Answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sample'), reply: Reply }),
  z.strictObject({ kind: z.literal('score'), scored: Scored }),
  z.strictObject({ kind: z.literal('embed'), embedded: Embedded }),
  z.strictObject({ kind: z.literal('versions'), versions: z.record(z.string(), z.string()) }),
  z.strictObject({ kind: z.literal('failed'), code: z.string(), message: z.string() }),
])
export type Answer = z.infer<typeof Answer>

/** One question to one model with its answer. `key` is `exchangeKey` of model and question. */
export const Exchange = z.strictObject({ key: Digest, model: z.string(), question: Question, answer: Answer, charges: z.array(Charge) })
export type Exchange = z.infer<typeof Exchange>

/** A model as far as its callers depend on it, with all that it was asked. */
export const Recording = z.strictObject({
  driver: z.string(),
  name: z.string(),
  prompts: z.array(PromptKind),
  scorers: z.array(z.string()),
  domain: Domain.exactOptional(),
  takesTools: z.literal(true).exactOptional(),
  exchanges: z.array(Exchange),
})
export type Recording = z.infer<typeof Recording>

/** Digest of the model's identity and the question. */
export function exchangeKey(model: string, question: Question): Digest {
  return digestRecord({ model, question })
}

/** One line of a file that recordings are written to as they are made: a model, or an exchange with one of the models before it. */
export const RecordingLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('model'), ...Recording.omit({ exchanges: true }).shape }),
  z.strictObject({ kind: z.literal('exchange'), exchange: Exchange }),
])
export type RecordingLine = z.infer<typeof RecordingLine>
