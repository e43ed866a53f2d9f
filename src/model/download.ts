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
    if (at.origin === first) Object.assign(said, publishedBy(response.headers))
    if (![301, 302, 303, 307, 308].includes(response.status)) return { ...opened(response, { at, bytes: said.bytes }), ...said }
    await response.body?.cancel()
    at = next(response, at)
  }
  throw new CountersignError('MODEL_REFUSED', `${first}: sent on more than ${mostRedirects} times`)
}

async function ask(url: URL, { from, validator, signal }: Asking, token: string | undefined): Promise<Response> {
  const headers = {
    'accept-encoding': 'identity',
    ...(from === 0 ? {} : { range: `bytes=${from}-` }),
    ...(from === 0 || validator === undefined ? {} : { 'if-range': validator }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  try {
    return await fetch(url, { headers, redirect: 'manual', signal })
  } catch (error) {
    if (signal.aborted) throw error
    const { error: failure, retry } = connectionFailure(error, url.origin + url.pathname)
    throw retry ? new NotNow(failure.message, { cause: error }) : failure
  }
}

// Hugging Face's own headers: the SHA-256 and the size of the file that its large-file store keeps.
function publishedBy(headers: Headers): Pick<Opened, 'published' | 'bytes'> {
  const digest = /^(?:W\/)?"?([0-9a-f]{64})"?$/i.exec(headers.get('x-linked-etag') ?? '')?.[1]
  const bytes = /^\d+$/.exec(headers.get('x-linked-size') ?? '')?.[0]
  return { ...(digest === undefined ? {} : { published: digest.toLowerCase() }), ...(bytes === undefined ? {} : { bytes: Number(bytes) }) }
}

function next({ headers }: Response, at: URL): URL {
  const to = URL.parse(headers.get('location') ?? '', at.href)
  if (to === null) throw unreachable(at.origin + at.pathname, 'it sends on to nowhere')
  const worse = at.protocol === 'https:' && to.protocol !== 'https:'
  if (worse || !/^https?:$/.test(to.protocol) || to.username !== '')
    throw new CountersignError('MODEL_REFUSED', `${at.origin}${at.pathname}: it sends on to ${to.protocol}//${to.host}, which is not a place to follow it to`)
  return to
}

function opened(response: Response, { at, bytes }: { at: URL; bytes: number | undefined }): Opened {
  const { status, headers, body } = response
  const place = at.origin + at.pathname
  const validator = headers.get('etag')?.startsWith('"') === true ? headers.get('etag') : headers.get('last-modified')
  const known = validator === null ? {} : { validator }
  const content = body ?? nothing()
  if (status === 200) return { from: 0, body: content, ...known, ...lengthOf(headers.get('content-length'), { place, bytes }) }
  if (status === 206) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? []
    return { from: Number(from ?? -1), body: content, ...known, ...lengthOf(total ?? null, { place, bytes }) }
  }
  // Nothing is left of the file behind that byte: it is whole, or another one by now.
  if (status === 416) return { from: -1, body: nothing() }
  throw refusal(status, place)
}

function lengthOf(text: string | null, { place, bytes }: { place: string; bytes: number | undefined }): { bytes?: number } {
  if (text === null) return {}
  if (bytes !== undefined && bytes !== Number(text))
    throw new CountersignError('MODEL_REPLY_INVALID', `${place}: it has ${text} bytes, and its host says that the file has ${bytes}`)
  return { bytes: Number(text) }
}

function refusal(status: number, place: string): Error {
  const said = `${printable(place)}: HTTP ${status}`
  if ([408, 425, 429, 500, 502, 503, 504].includes(status)) return new NotNow(`${said}: the host is busy or failing`)
  if (status === 401 || status === 403)
    return new CountersignError('MODEL_REFUSED', `${said}: it is not for everybody, or not there: accept its licence there and set HF_TOKEN`)
  return new CountersignError('MODEL_REFUSED', `${said}: ${status === 404 || status === 410 ? 'there is no such file' : 'it is not given'}`)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
