import { CountersignError, type ErrorCode, errorTable } from '../errors.ts'
import type { Budget, Model, ModelCall, SampleCall } from '../ports.ts'
import type { Digest } from '../records/digest.ts'
import { type Answer, type Charge, type Exchange, exchangeKey, type Question, type Recording } from '../records/recording.ts'
import type { Embedded, Reply, Scored } from '../records/sample.ts'

type Call = Partial<ModelCall> & Pick<Partial<SampleCall>, 'onText'>
type Ask = (question: Question, call: Call) => Promise<Answer>

/**
 * The same model, with every exchange handed to `sink`. A question that was asked before is answered from the record, so that a replay,
 * which knows one answer to a question, sees what this run saw: who wants another answer asks with another index.
 */
export function recordModel(model: Model, sink: (exchange: Exchange) => void): Model {
  const identity = `${model.driver}/${model.name}`
  const known = new Map<Digest, Promise<Answer>>()
  const ask: Ask = (question, call) => {
    const key = exchangeKey(identity, question)
    const earlier = known.get(key)
    if (earlier !== undefined) return earlier.then((answer) => tell(answer, call))
    const answer = observed(model, question, call).then((seen) => {
      sink({ key, model: identity, question, ...seen })
      return seen.answer
    })
    known.set(key, answer)
    // What was interrupted or crashed has no answer to remember.
    answer.catch(() => known.delete(key))
    return answer
  }
  return answering(model, ask, () => model.close())
}

/** A model that knows the answers of a recording and nothing else: no network, and a question it does not know is an error. */
export function replayModel(recording: Recording): Model {
  const identity = `${recording.driver}/${recording.name}`
  const exchanges = new Map(recording.exchanges.map((exchange) => [exchange.key, exchange]))
  const charged = new Set<Digest>()
  const ask: Ask = async (question, call) => {
    const exchange = exchanges.get(exchangeKey(identity, question))
    if (exchange === undefined)
      throw new CountersignError(
        'EVIDENCE_BROKEN',
        `the recording of ${identity} holds no answer to a question of this run (${question.kind})`,
      )
    // The books are kept as they were, so that a budget ends the replay where it ended the run. What was asked again cost nothing again.
    const isNew = !charged.has(exchange.key)
    charged.add(exchange.key)
    for (const { worst, used } of isNew ? exchange.charges : []) (await call.budget?.reserve(worst, call.signal))?.settle(used)
    return tell(exchange.answer, call)
  }
  return answering(recording, ask, async () => {})
}

function answering(identity: Pick<Model, 'driver' | 'name' | 'prompts' | 'scorers' | 'domain' | 'takesTools'>, ask: Ask, close: () => Promise<void>): Model {
  const { driver, name, prompts, scorers, domain, takesTools } = identity
  return {
    driver,
    name,
    prompts,
    scorers,
    ...(domain && { domain }),
    ...(takesTools && { takesTools }),
    close,
    async sample(prompt, { sampling, first, count, ...call }): Promise<Reply> {
      return expectKind(await ask({ kind: 'sample', prompt, sampling, first, count }, call), 'sample').reply
    },
    async score(prompt, continuation, { by, ...call }): Promise<Scored> {
      return expectKind(await ask({ kind: 'score', prompt, continuation, by }, call), 'score').scored
    },
    async embed(texts, call): Promise<Embedded> {
      return expectKind(await ask({ kind: 'embed', texts: [...texts] }, call), 'embed').embedded
    },
    async versions(call): Promise<Record<string, string>> {
      return expectKind(await ask({ kind: 'versions' }, call), 'versions').versions
    },
  }
}

async function observed(model: Model, question: Question, call: Call): Promise<{ answer: Answer; charges: Charge[] }> {
  const charges: Charge[] = []
  const watched = call.budget === undefined ? call : { ...call, budget: watchedBudget(call.budget, charges) }
  try {
    return { answer: await Promise.race([answerOf(model, question, watched as SampleCall), tooLate(call.signal)]), charges }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    // Who gives a model so much time and no more has an answer of it: none in time. Whoever ends the run has not.
    const isLate = isTimeout(call.signal) && (error.code === 'INTERRUPTED' || error.code === 'MODEL_LATE')
    if (error.code === 'INTERRUPTED' && !isLate) throw error
    return { answer: { kind: 'failed', code: isLate ? 'MODEL_LATE' : error.code, message: error.message }, charges }
  }
}

function isTimeout(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
}

const graceMs = 1000

/** A model that does not listen when its time is over is left behind, a moment after. */
async function tooLate(signal: AbortSignal | undefined): Promise<never> {
  return await new Promise((_, reject) => {
    const late = () => {
      if (!isTimeout(signal)) return
      setTimeout(() => reject(new CountersignError('MODEL_LATE', 'no answer in the time that it was given')), graceMs).unref()
    }
    signal?.addEventListener('abort', late, { once: true })
  })
}

async function answerOf(model: Model, question: Question, call: SampleCall): Promise<Answer> {
  switch (question.kind) {
    case 'sample':
      return { kind: 'sample', reply: await model.sample(question.prompt, { ...call, ...samplingOf(question) }) }
    case 'score':
      return { kind: 'score', scored: await model.score(question.prompt, question.continuation, { ...call, by: question.by }) }
    case 'embed':
      return { kind: 'embed', embedded: await model.embed(question.texts, call) }
    case 'versions':
      return { kind: 'versions', versions: await model.versions(call) }
  }
}

function samplingOf({ sampling, first, count }: Question & { kind: 'sample' }): Pick<SampleCall, 'sampling' | 'first' | 'count'> {
  return { sampling, first, count }
}

function watchedBudget(budget: Budget, charges: Charge[]): Budget {
  return {
    async reserve(worst, signal) {
      const reservation = await budget.reserve(worst, signal)
      // What is never settled broke off.
      const charge: Charge = { worst, used: 'worst-case' }
      charges.push(charge)
      let settled = false
      return {
        remainingMs: reservation.remainingMs,
        settle(used) {
          if (!settled) charge.used = used
          settled = true
          reservation.settle(used)
        },
      }
    },
  }
}

function tell(answer: Answer, call: Call): Answer {
  if (answer.kind === 'sample') for (const sample of answer.reply.samples) call.onText?.(sample.index, sample.text)
  return answer
}

function expectKind<Kind extends Question['kind']>(answer: Answer, kind: Kind): Answer & { kind: Kind } {
  if (answer.kind === 'failed') throw new CountersignError(isErrorCode(answer.code) ? answer.code : 'EVIDENCE_BROKEN', answer.message)
  if (answer.kind !== kind) throw new CountersignError('EVIDENCE_BROKEN', `the recording answers a ${kind} question with a ${answer.kind}`)
  return answer as Answer & { kind: Kind }
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code)
}
