import { CountersignError } from '../errors.ts'
import type { Budget, Model } from '../ports.ts'
import type { Absence } from '../records/critique.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import type { Prompt, PromptKind } from '../records/prompt.ts'
import type { Sample } from '../records/sample.ts'

export interface AskOptions {
  /** Those who may answer, the preferred one first. */
  models: readonly Model[]
  budget: Budget
  maxTokens: number
  temperature: number
  seed: number
  timeoutMs: number
  /** Tells questions apart that are otherwise the same. */
  attempt?: number
  signal?: AbortSignal
}

/** What was answered and by whom, or why nobody did; `absences` are those who were asked before. */
export type Answered =
  | { kind: 'answered'; model: Model; name: string; prompt: Digest; asked: Prompt; text: string; isCutOff: boolean; absences: Absence[] }
  | { kind: 'nobody'; absences: Absence[] }
  | { kind: 'budget'; absences: Absence[] }

/** Asks one model after another until one answers: a refusal, an empty answer, another model's answer or none in time is no answer. */
export async function askInTurn(promptFor: (kind: PromptKind) => Prompt | undefined, options: AskOptions): Promise<Answered> {
  const absences: Absence[] = []
  for (const model of options.models) {
    const name = `${model.driver}/${model.name}`
    const prompt = promptFor(model.prompts[0] ?? 'chat')
    if (prompt === undefined) {
      absences.push({ model: name, reason: 'unsuited', detail: 'it takes no such question' })
      continue
    }
    const said = await sampled(model, prompt, options)
    if (said.kind === 'budget') return { kind: 'budget', absences }
    if (said.kind === 'answered') return { kind: 'answered', model, name, prompt: digestRecord(prompt), asked: prompt, text: said.text, isCutOff: said.isCutOff, absences }
    absences.push({ model: name, reason: said.reason, detail: said.detail.slice(0, 300) })
  }
  return { kind: 'nobody', absences }
}

type Said = { kind: 'answered'; text: string; isCutOff: boolean } | { kind: 'budget' } | { kind: 'absent'; reason: Absence['reason']; detail: string }

async function sampled(model: Model, prompt: Prompt, { budget, maxTokens, temperature, seed, timeoutMs, attempt = 0, signal }: AskOptions): Promise<Said> {
  const own = AbortSignal.timeout(timeoutMs)
  const sampling = { temperature, maxTokens, stop: [], seed, logProbabilities: false }
  const late = Promise.withResolvers<Said>()
  const tooLate: Said = { kind: 'absent', reason: 'timed-out', detail: `no answer within ${timeoutMs / 1000} s` }
  const stop = () => late.resolve(tooLate)
  own.addEventListener('abort', stop, { once: true })
  try {
    const asked = model.sample(prompt, { budget, sampling, count: 1, first: attempt, signal: signal === undefined ? own : AbortSignal.any([own, signal]) })
    return await Promise.race([asked.then(({ samples }) => read(samples[0])), late.promise])
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'EVIDENCE_BROKEN') throw error
    if (error.code === 'INTERRUPTED' && !own.aborted) throw error
    if (error.code === 'BUDGET_SPENT' || error.code === 'SPEND_UNKNOWN') return { kind: 'budget' }
    return own.aborted ? tooLate : { kind: 'absent', reason: error.code === 'CONTEXT_EXCEEDED' ? 'unsuited' : 'unreachable', detail: `${error.code}: ${error.message}` }
  } finally {
    own.removeEventListener('abort', stop)
  }
}

function read(sample: Sample | undefined): Said {
  if (sample === undefined) return { kind: 'absent', reason: 'empty', detail: 'there was no answer' }
  if (sample.substituted === true) return { kind: 'absent', reason: 'substituted', detail: `${sample.model ?? 'another model'} answered` }
  if (sample.ending === 'refused') return { kind: 'absent', reason: 'refused', detail: sample.refusal ?? sample.text }
  if (sample.text.trim() === '') return { kind: 'absent', reason: 'empty', detail: 'the answer is empty' }
  return isRefusal(sample.text) ? { kind: 'absent', reason: 'refused', detail: sample.text.trim() } : { kind: 'answered', text: sample.text, isCutOff: sample.ending === 'cut-off' }
}

/** A refusal that the endpoint does not call one: it opens with an apology, and there is nothing else in it. */
export function isRefusal(text: string): boolean {
  const opening = text.trim().slice(0, 200)
  return /^(?:i(?:'|’)?m (?:really |very )?sorry|(?:i(?:'|’)?m )?sorry|i apologi[sz]e|i (?:can(?:no|'|’)t|can not|won(?:'|’)t|am unable|am not able)\b|unfortunately,? i can|as an ai\b)/i.test(opening) && !/^\W{0,6}(?:CLAIM|TOOL|NOTHING)\b/m.test(text) && !text.includes('```')
}
