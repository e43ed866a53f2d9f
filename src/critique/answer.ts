import { CountersignError } from '../errors.ts'
import type { Budget, Model } from '../ports.ts'
import type { Absence } from '../records/critique.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import type { Prompt, PromptKind, ToolUse } from '../records/prompt.ts'
import type { Sample } from '../records/sample.ts'

export interface AskOptions {
  /** Those who may answer, the preferred one first. */
  models: readonly Model[]
  budget: Budget
  maxTokens: number
  temperature: number
  seed: number
  timeoutMs: number
  /** Whether there are tools to offer. */
  offersTools?: boolean
  /** Tells questions apart that are otherwise the same. */
  attempt?: number
  signal?: AbortSignal
}

/** How a model is asked: the kind of its prompt, and whether tools are offered to it natively. */
export interface Form {
  kind: PromptKind
  native: boolean
}

/** What was answered and by whom, or why nobody did; `absences` are those who were asked before. */
export type Answered =
  | { kind: 'answered'; model: Model; name: string; prompt: Digest; asked: Prompt; text: string; isCutOff: boolean; native: boolean; toolUses?: ToolUse[]; /** Why it takes no tools natively, in the endpoint's words. */ toolsRefused?: string; absences: Absence[] }
  | { kind: 'nobody'; absences: Absence[] }
  | { kind: 'budget'; absences: Absence[] }

/** Asks one model after another until one answers: a refusal, an empty answer, another model's answer or none in time is no answer. */
export async function askInTurn(promptFor: (form: Form) => Prompt | undefined, options: AskOptions): Promise<Answered> {
  const absences: Absence[] = []
  for (const model of options.models) {
    const name = `${model.driver}/${model.name}`
    const kind = model.prompts[0] ?? 'chat'
    let native = options.offersTools === true && kind === 'chat' && model.takesTools === true
    let prompt = promptFor({ kind, native })
    if (prompt === undefined) {
      absences.push({ model: name, reason: 'unsuited', detail: 'it takes no such question' })
      continue
    }
    let said = await sampled(model, prompt, options)
    const refused = said.kind === 'tools-refused' ? { toolsRefused: said.detail.slice(0, 300) } : {}
    if (said.kind === 'tools-refused') {
      native = false
      prompt = promptFor({ kind, native }) ?? prompt
      said = await sampled(model, prompt, options)
    }
    if (said.kind === 'budget') return { kind: 'budget', absences }
    if (said.kind === 'answered') return { ...said, model, name, prompt: digestRecord(prompt), asked: prompt, native, ...refused, absences }
    absences.push({ model: name, reason: said.kind === 'absent' ? said.reason : 'unsuited', detail: said.detail.slice(0, 300) })
  }
  return { kind: 'nobody', absences }
}

type Said = { kind: 'answered'; text: string; isCutOff: boolean; toolUses?: ToolUse[] } | { kind: 'budget' } | { kind: 'tools-refused'; detail: string } | { kind: 'absent'; reason: Absence['reason']; detail: string }

const graceMs = 1500

async function sampled(model: Model, prompt: Prompt, { budget, maxTokens, temperature, seed, timeoutMs, attempt = 0, signal }: AskOptions): Promise<Said> {
  const own = AbortSignal.timeout(timeoutMs)
  const sampling = { temperature, maxTokens, stop: [], seed, logProbabilities: false }
  const late = Promise.withResolvers<Said>()
  const tooLate: Said = { kind: 'absent', reason: 'timed-out', detail: `no answer within ${timeoutMs / 1000} s` }
  let grace: NodeJS.Timeout | undefined
  // A model that listens ends by itself, and is recorded as what it was; one that does not is left behind.
  const stop = () => void (grace = setTimeout(() => late.resolve(tooLate), graceMs))
  own.addEventListener('abort', stop, { once: true })
  try {
    const asked = model.sample(prompt, { budget, sampling, count: 1, first: attempt, signal: signal === undefined ? own : AbortSignal.any([own, signal]) })
    return await Promise.race([asked.then(({ samples }) => read(samples[0])), late.promise])
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'EVIDENCE_BROKEN') throw error
    if (error.code === 'INTERRUPTED' && !own.aborted) throw error
    if (error.code === 'MODEL_LATE') return tooLate
    if (error.code === 'TOOLS_REFUSED') return { kind: 'tools-refused', detail: error.message }
    if (error.code === 'BUDGET_SPENT' || error.code === 'SPEND_UNKNOWN') return { kind: 'budget' }
    return own.aborted ? tooLate : { kind: 'absent', reason: error.code === 'CONTEXT_EXCEEDED' ? 'unsuited' : 'unreachable', detail: `${error.code}: ${error.message}` }
  } finally {
    own.removeEventListener('abort', stop)
    clearTimeout(grace)
  }
}

function read(sample: Sample | undefined): Said {
  if (sample === undefined) return { kind: 'absent', reason: 'empty', detail: 'there was no answer' }
  if (sample.substituted === true) return { kind: 'absent', reason: 'substituted', detail: `${sample.model ?? 'another model'} answered` }
  if (sample.ending === 'refused') return { kind: 'absent', reason: 'refused', detail: sample.refusal ?? sample.text }
  const answered = { kind: 'answered' as const, text: sample.text, isCutOff: sample.ending === 'cut-off' }
  if (sample.toolUses !== undefined && sample.toolUses.length > 0) return { ...answered, toolUses: sample.toolUses }
  if (sample.text.trim() === '') return { kind: 'absent', reason: 'empty', detail: 'the answer is empty' }
  return isRefusal(sample.text) ? { kind: 'absent', reason: 'refused', detail: sample.text.trim() } : answered
}

/** A refusal that the endpoint does not call one: it opens with an apology, and there is nothing else in it. */
export function isRefusal(text: string): boolean {
  const opening = text.trim().slice(0, 200)
  return /^(?:i(?:'|’)?m (?:really |very )?sorry|(?:i(?:'|’)?m )?sorry|i apologi[sz]e|i (?:can(?:no|'|’)t|can not|won(?:'|’)t|am unable|am not able)\b|unfortunately,? i can|as an ai\b)/i.test(opening) && !/^\W{0,6}(?:CLAIM|TOOL|NOTHING)\b/m.test(text) && !text.includes('```')
}
