import { CountersignError, type ErrorCode } from '../errors.ts'

/** Why an attempt gave no answer, and what that means: whether another may, and whether the model may have worked for it. */
export interface HttpFailure {
  error: CountersignError
  retry: boolean
  used: 'nothing' | 'worst-case'
  retryAfterMs?: number
  /** What the endpoint said, for drivers that know its dialect. */
  status?: number
  said?: { code?: string; parameter?: string; message: string }
}

const unreached: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
}
const tls = /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/
const statuses = new Set([408, 425, 429, 500, 502, 503, 504, 529])
const tooLong =
  /context[ _-](?:length|window|size)|maximum context|(?:prompt|input) is too long|too many (?:input )?tokens|exceed\w* (?:the )?(?:maximum|available|model'?s?)[^.]{0,40}(?:context|tokens)|longer than the maximum model length/i

/** A request that did not become a response, or whose response broke off. */
export function connectionFailure(error: unknown, url: string): HttpFailure {
  const code = codeOf(error)
  if (tls.test(code))
    return {
      error: unreachable(
        url,
        `the secure connection failed (${code}): the certificate is not one that this machine trusts, or the port speaks no TLS`,
        error,
      ),
      retry: false,
      used: 'nothing',
    }
  const why = unreached[code]
  if (why !== undefined)
    return {
      error: unreachable(url, `${why} (${code}): check the URL`, error),
      retry: code === 'EAI_AGAIN' || code === 'UND_ERR_CONNECT_TIMEOUT',
      used: 'nothing',
    }
  if (error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port')
    return { error: unreachable(url, 'no client may use this port, which is kept for another protocol', error), retry: false, used: 'nothing' }
  return {
    error: unreachable(url, `the connection broke off in the middle (${code === '' ? String(error) : code})`, error),
    retry: true,
    used: 'worst-case',
  }
}

export function unreachable(url: string, why: string, cause?: unknown): CountersignError {
  return new CountersignError('MODEL_UNREACHABLE', `${url}: ${why}`, { cause })
}

/** A response that is an error. What it says is untrusted text. */
export function statusFailure(response: { status: number; headers: Headers; body: string; url: string }): HttpFailure {
  const { status, headers, url } = response
  const said = errorBody(response.body)
  const { code, help } = meaningOf(status, said)
  const retryAfterMs = retryAfter(headers)
  const retry = statuses.has(status) && code === 'MODEL_UNREACHABLE'
  return {
    error: new CountersignError(code, `${url}: ${help} (HTTP ${status}${said.message === '' ? '' : `: ${said.message}`})`),
    retry,
    used: status === 429 || status === 503 || status === 529 || status < 500 ? 'nothing' : 'worst-case',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    status,
    said,
  }
}

function meaningOf(status: number, said: { code?: string; message: string }): { code: ErrorCode; help: string } {
  if (said.code === 'context_length_exceeded' || status === 413 || (status < 500 && tooLong.test(said.message)))
    return { code: 'CONTEXT_EXCEEDED', help: 'the prompt is too long for this model' }
  if (said.code === 'insufficient_quota' || status === 402) return { code: 'MODEL_REFUSED', help: 'the account has nothing left to spend' }
  if (status === 401 || status === 403)
    return { code: 'MODEL_REFUSED', help: 'the key is missing, wrong or expired, or may not use this model' }
  if (status === 404) return { code: 'MODEL_REFUSED', help: 'no such model or path: check the URL and the name of the model' }
  if (status >= 300 && status < 400)
    return {
      code: 'MODEL_REFUSED',
      help: 'the endpoint sends requests elsewhere, and prompts go only where they are told to: set its new URL',
    }
  if (statuses.has(status))
    return { code: 'MODEL_UNREACHABLE', help: status === 429 ? 'the endpoint takes no more requests now' : 'the endpoint is failing' }
  return { code: 'MODEL_REFUSED', help: 'the endpoint refused the request' }
}

function errorBody(body: string): { code?: string; parameter?: string; message: string } {
  const parsed = parseLeniently(body)
  const error = isObject(parsed) && isObject(parsed['error']) ? parsed['error'] : parsed
  const field = (name: string) => (isObject(error) && typeof error[name] === 'string' ? error[name] : undefined)
  const code = field('code') ?? field('type')
  const parameter = field('param')
  const message =
    field('message') ??
    (isObject(error) && typeof parsed === 'object' && isObject(parsed)
      ? (asText(parsed['error']) ?? asText(parsed['detail']))
      : undefined) ??
    body
  return { message: printable(message), ...(code === undefined ? {} : { code }), ...(parameter === undefined ? {} : { parameter }) }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : value === undefined || value === null ? undefined : JSON.stringify(value)
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Foreign text for one line of a message. */
export function printable(text: string): string {
  return text
    .slice(0, 600)
    .replaceAll(/[^\P{C}\n\t]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}

function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at instanceof AggregateError && at.errors[0] instanceof Error) return codeOf(at.errors[0])
  }
  return ''
}

function retryAfter(headers: Headers): number | undefined {
  const milliseconds = Number(headers.get('retry-after-ms') ?? NaN)
  if (milliseconds >= 0) return milliseconds
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const seconds = Number(value)
  const until = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000
  return Number.isNaN(until) ? undefined : Math.max(0, until)
}
