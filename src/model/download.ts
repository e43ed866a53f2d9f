import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { CountersignError } from '../errors.ts'
import { connectionFailure, printable, unreachable } from './http-failure.ts'
import type { ModelSource } from './model-source.ts'

/** Which part of a file is asked for. `validator` is what the file was known by when the rest of it came. */
export interface Asking {
  from: number
  validator?: string | undefined
  signal: AbortSignal
}

/** The beginning of an answer, with what the hosts on the way to it said about the file. */
export interface Opened {
  /** Where in the file the body begins. */
  from: number
  body: AsyncIterable<Uint8Array>
  /** Of the whole file. */
  bytes?: number
  validator?: string
  /** The SHA-256 that the host publishes for the file. */
  published?: string
}

/** No answer now; another attempt may get one. */
export class NotNow extends Error {}

const mostRedirects = 5

/** Asks for a file from some byte on, and follows to where its host keeps it. */
export async function openDownload({ url, token }: ModelSource, asking: Asking): Promise<Opened> {
  let at = new URL(url)
  const first = at.origin
  const said: Pick<Opened, 'published' | 'bytes'> = {}
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const response = await ask(at, asking, at.origin === first ? token : undefined)
    // Only the host that was named may say what the file should be.
    if (at.origin === first) Object.assign(said, publishedBy(response))
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0)) return { ...opened(response, { at, bytes: said.bytes }), ...said }
    response.destroy()
    at = next(response, at)
  }
  throw new CountersignError('MODEL_REFUSED', `${first}: sent on more than ${mostRedirects} times`)
}

// Not by `fetch`: before undici 8 it ends the whole process when a connection ends while its reader is slow (nodejs/undici#5360).
async function ask(url: URL, { from, validator, signal }: Asking, token: string | undefined): Promise<IncomingMessage> {
  const headers = {
    'accept-encoding': 'identity',
    ...(from === 0 ? {} : { range: `bytes=${from}-` }),
    ...(from === 0 || validator === undefined ? {} : { 'if-range': validator }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const get = url.protocol === 'https:' ? getSecure : getPlain
  get(url, { headers, signal }).on('response', resolve).on('error', reject)
  try {
    return await promise
  } catch (error) {
    if (signal.aborted) throw error
    const { error: failure, retry } = connectionFailure(error, url.origin + url.pathname)
    throw retry ? new NotNow(failure.message, { cause: error }) : failure
  }
}

// Hugging Face's own headers: the SHA-256 and the size of the file that its large-file store keeps.
function publishedBy(response: IncomingMessage): Pick<Opened, 'published' | 'bytes'> {
  const digest = /^(?:W\/)?"?([0-9a-f]{64})"?$/i.exec(header(response, 'x-linked-etag') ?? '')?.[1]
  const bytes = /^\d+$/.exec(header(response, 'x-linked-size') ?? '')?.[0]
  return { ...(digest === undefined ? {} : { published: digest.toLowerCase() }), ...(bytes === undefined ? {} : { bytes: Number(bytes) }) }
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  return headers[name]?.toString()
}

function next(response: IncomingMessage, at: URL): URL {
  const to = URL.parse(header(response, 'location') ?? '', at.href)
  if (to === null) throw unreachable(at.origin + at.pathname, 'it sends on to nowhere')
  const worse = at.protocol === 'https:' && to.protocol !== 'https:'
  if (worse || !/^https?:$/.test(to.protocol) || to.username !== '')
    throw new CountersignError(
      'MODEL_REFUSED',
      `${at.origin}${at.pathname}: it sends on to ${to.protocol}//${to.host}, which is not a place to follow it to`,
    )
  return to
}

function opened(response: IncomingMessage, { at, bytes }: { at: URL; bytes: number | undefined }): Opened {
  const place = at.origin + at.pathname
  const etag = header(response, 'etag')
  const validator = etag?.startsWith('"') === true ? etag : header(response, 'last-modified')
  const known = validator === undefined ? {} : { validator }
  if (response.statusCode === 200)
    return { from: 0, body: response, ...known, ...lengthOf(header(response, 'content-length'), { place, bytes }) }
  if (response.statusCode === 206) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(header(response, 'content-range') ?? '') ?? []
    return { from: Number(from ?? -1), body: response, ...known, ...lengthOf(total, { place, bytes }) }
  }
  response.destroy()
  // Nothing is left of the file behind that byte: it is whole, or another one by now.
  if (response.statusCode === 416) return { from: -1, body: nothing() }
  throw refusal(response.statusCode ?? 0, place)
}

function lengthOf(text: string | undefined, { place, bytes }: { place: string; bytes: number | undefined }): { bytes?: number } {
  if (text === undefined) return {}
  if (bytes !== undefined && bytes !== Number(text))
    throw new CountersignError('MODEL_REPLY_INVALID', `${place}: it has ${text} bytes, and its host says that the file has ${bytes}`)
  return { bytes: Number(text) }
}

function refusal(status: number, place: string): Error {
  const said = `${printable(place)}: HTTP ${status}`
  if ([408, 425, 429, 500, 502, 503, 504].includes(status)) return new NotNow(`${said}: the host is busy or failing`)
  if (status === 401 || status === 403)
    return new CountersignError(
      'MODEL_REFUSED',
      `${said}: it is not for everybody, or not there: accept its licence there and set HF_TOKEN`,
    )
  return new CountersignError('MODEL_REFUSED', `${said}: ${status === 404 || status === 410 ? 'there is no such file' : 'it is not given'}`)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
