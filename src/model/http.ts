import { setTimeout as sleep } from 'node:timers/promises'
import { CountersignError } from '../errors.ts'
import type { Budget, Reservation } from '../ports.ts'
import type { Usage } from '../records/sample.ts'
import type { WorstCase } from '../records/spend.ts'
import { connectionFailure, type HttpFailure, printable, statusFailure, unreachable } from './http-failure.ts'

/** Where and how patiently an endpoint is asked. */
export interface HttpOptions {
  headers: Record<string, string>
  /** For the whole of one answer. */
  timeoutMs: number
  /** Attempts after the first. */
  retries: number
  /** The first wait between attempts; it doubles, with jitter. */
  backoffMs: number
  /** The longest wait that an endpoint may ask for. */
  longestWaitMs: number
}

export const patience: Omit<HttpOptions, 'headers'> = { timeoutMs: 180_000, retries: 4, backoffMs: 500, longestWaitMs: 60_000 }

export interface HttpCall<Result> {
  url: string
  body: unknown
  budget: Budget
  worst: WorstCase
  signal?: AbortSignal
  mostBytes: number
  /** Whether a failure is one that another attempt would not change, whatever its status says. */
  isFinal?: (failure: HttpFailure) => boolean
  /** Reads the answer; may throw `AnswerBroken` for another attempt. */
  read: (response: HttpAnswer) => Promise<{ result: Result; usage?: Usage }>
}

/** A response with status 200, read within the limits of its call. */
export interface HttpAnswer {
  url: string
  headers: Headers
  chunks(): AsyncGenerator<string>
  json(): Promise<unknown>
}

/** An attempt failed for good; `failure` says how. */
export class HttpError extends CountersignError {
  readonly failure: HttpFailure

  constructor(failure: HttpFailure) {
    super(failure.error.code, failure.error.message, { cause: failure.error.cause })
    this.failure = failure
  }
}

/** The answer ended before it was whole. */
export class AnswerBroken extends Error {}

/**
 * Posts JSON until there is an answer, an error that another attempt would not change, or no attempt left. Every attempt is reserved and
 * settled by itself: what broke off counts at its worst case.
 */
export async function post<Result>(options: HttpOptions, call: HttpCall<Result>): Promise<{ result: Result; usage?: Usage }> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await attemptOnce(options, call)
    if ('result' in outcome) return outcome
    const { failure } = outcome
    const waitMs = failure.retryAfterMs ?? options.backoffMs * 2 ** attempt * (0.5 + Math.random() / 2)
    if (!failure.retry || call.isFinal?.(failure) === true || attempt >= options.retries) throw new HttpError(failure)
    if (waitMs > options.longestWaitMs)
      throw new HttpError({
        ...failure,
        error: unreachable(call.url, `it asks to wait ${Math.ceil(waitMs / 1000)} s: ${failure.error.message}`),
      })
    await pause(waitMs, call.signal)
  }
}

async function attemptOnce<Result>(
  options: HttpOptions,
  call: HttpCall<Result>,
): Promise<{ result: Result; usage?: Usage } | { failure: HttpFailure }> {
  const reservation = await call.budget.reserve(call.worst, call.signal)
  const time = AbortSignal.timeout(Math.ceil(Math.min(options.timeoutMs, reservation.remainingMs)))
  const signal = call.signal === undefined ? time : AbortSignal.any([call.signal, time])
  try {
    // countersign-ignore javascript/ssrf: whoever configures a model says where it is
    const response = await fetch(call.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...options.headers },
      body: JSON.stringify(call.body),
      redirect: 'manual',
      signal,
    })
    if (response.status !== 200) {
      const failure = statusFailure({
        status: response.status,
        headers: response.headers,
        url: call.url,
        body: withoutKeys(await startOf(response), options.headers),
      })
      reservation.settle(failure.used)
      return { failure }
    }
    const read = await call.read(answerOf(response, call))
    reservation.settle(read.usage ?? 'unknown')
    return read
  } catch (error) {
    return { failure: failureOf(error, { options, call, reservation, late: time.aborted }) }
  } finally {
    reservation.settle('worst-case')
  }
}

function failureOf<Result>(
  error: unknown,
  at: { options: HttpOptions; call: HttpCall<Result>; reservation: Reservation; late: boolean },
): HttpFailure {
  const { options, call, reservation, late } = at
  if (call.signal?.aborted === true)
    throw new CountersignError('INTERRUPTED', 'interrupted while the model was answering', { cause: error })
  if (late && reservation.remainingMs < options.timeoutMs)
    throw new CountersignError('BUDGET_SPENT', 'the time of the budget was over before the model had answered (--budget raises it)', {
      cause: error,
    })
  if (late)
    return { error: unreachable(call.url, `no whole answer within ${options.timeoutMs / 1000} s`, error), retry: false, used: 'worst-case' }
  if (error instanceof CountersignError) throw error
  if (error instanceof AnswerBroken) return { error: unreachable(call.url, error.message, error), retry: true, used: 'worst-case' }
  if (!(error instanceof Error) || !isFetchError(error)) throw error
  const failure = connectionFailure(error, call.url)
  reservation.settle(failure.used)
  return failure
}

// What undici throws for the network is a TypeError with a cause; every other TypeError is a mistake of ours.
function isFetchError(error: Error): boolean {
  return error instanceof TypeError && error.cause !== undefined && (error.message === 'fetch failed' || error.message === 'terminated')
}

function answerOf<Result>(response: Response, { url, mostBytes }: HttpCall<Result>): HttpAnswer {
  async function* chunks() {
    const decoder = new TextDecoder()
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > mostBytes)
        throw new CountersignError(
          'MODEL_REPLY_INVALID',
          `${url}: the answer is larger than ${mostBytes} bytes, which no answer to this request can be`,
        )
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  }
  return {
    url,
    headers: response.headers,
    chunks,
    async json() {
      let text = ''
      for await (const chunk of chunks()) text += chunk
      return parseJson(text, url)
    },
  }
}

export function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const number = /[:[,]\s*(-?(?:NaN|Infinity))\s*[,\]}]/.exec(text)?.[1]
    const what = number === undefined ? `begins ${JSON.stringify(printable(text.slice(0, 80)))}` : `holds ${number}`
    throw new CountersignError('MODEL_REPLY_INVALID', `${url}: the answer is not JSON: it ${what}`, { cause })
  }
}

async function startOf(response: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > 20_000) break
  }
  return text
}

// Some endpoints quote the key that they refuse.
function withoutKeys(text: string, headers: Record<string, string>): string {
  const secrets = Object.values(headers).map((value) => value.replace(/^Bearer /, ''))
  return secrets.filter((secret) => secret.length > 7).reduce((hidden, secret) => hidden.replaceAll(secret, '[key]'), text)
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal })
  } catch (cause) {
    throw new CountersignError('INTERRUPTED', 'interrupted while waiting for the model', { cause })
  }
}

/** The base of an endpoint's URLs, without a slash at its end. */
export function baseUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol))
    throw new CountersignError('CONFIGURATION_INVALID', `'${url}' is not the URL of an endpoint: write it with http:// or https://`)
  return url.replace(/\/+$/, '')
}

/** GET, once and briefly, for what is nice to know; undefined whatever goes wrong. */
export async function peek(url: string, { headers, signal }: { headers: Record<string, string>; signal?: AbortSignal }): Promise<unknown> {
  const time = AbortSignal.timeout(3000)
  try {
    // countersign-ignore javascript/ssrf: whoever configures a model says where it is
    const response = await fetch(url, {
      headers,
      redirect: 'manual',
      signal: signal === undefined ? time : AbortSignal.any([signal, time]),
    })
    return response.status === 200 ? parseJson(await startOf(response), url) : undefined
  } catch {
    return undefined
  }
}
