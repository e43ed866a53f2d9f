import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closed, listening } from './model-server.ts'

export interface FileTraits {
  /** Cuts the connection after so many bytes of a body, the first so many times. How many of them a busy reader keeps is up to it. */
  cut?: { after: number; times: number }
  /** Whether it knows `Range`. */
  ranges?: boolean
  etag?: string | null
  /** What it says the length is. */
  length?: (bytes: number) => number | undefined
  headers?: Record<string, string>
  /** Before its usual answer, with the number of the request; true: it has answered. */
  intercept?: (request: IncomingMessage, response: ServerResponse, count: number) => boolean | Promise<boolean>
}

export interface FileServer {
  url: string
  asked: { path: string; headers: IncomingMessage['headers'] }[]
  close: () => Promise<void>
}

/** A real HTTP server that gives one file at every path. `traits` and `content.bytes` may be changed while it runs. */
export async function aFileServer(content: { bytes: Buffer }, traits: FileTraits = {}): Promise<FileServer> {
  const asked: FileServer['asked'] = []
  let cuts = 0
  const server = await listening(async (request, response) => {
    const count = asked.push({ path: request.url ?? '', headers: request.headers })
    if ((await traits.intercept?.(request, response, count)) === true) return
    const etag = traits.etag === undefined ? `"${createHash('md5').update(content.bytes).digest('hex')}"` : traits.etag
    const from = rangeOf(request, { etag, traits })
    const body = content.bytes.subarray(from)
    const length = traits.length === undefined ? body.length : traits.length(body.length)
    response.writeHead(from === 0 ? 200 : 206, {
      ...(etag === null ? {} : { etag }),
      ...(length === undefined ? {} : { 'content-length': length }),
      ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${content.bytes.length - 1}/${content.bytes.length}` }),
      ...traits.headers,
    })
    if (traits.cut === undefined || cuts >= traits.cut.times) {
      response.end(body)
      return
    }
    cuts += 1
    // A reader loses what it has not read yet when the connection is reset.
    response.write(body.subarray(0, traits.cut.after), () => setTimeout(() => response.destroy(), 100))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: async () => await closed(server) }
}

function rangeOf({ headers }: IncomingMessage, { etag, traits }: { etag: string | null; traits: FileTraits }): number {
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
  if (traits.ranges === false) return 0
  return headers['if-range'] === undefined || headers['if-range'] === etag ? from : 0
}

/** Something that begins as a model file does. */
export function aModelFile(bytes: number, seed = 1): Buffer {
  const file = Buffer.alloc(bytes)
  for (let at = 0; at < bytes; at++) file[at] = (at * 31 + (at >> 8) * 17 + seed) & 0xff
  file.write('GGUF')
  return file
}

function u32(value: number): Buffer {
  return Buffer.from(Uint32Array.of(value).buffer)
}

function u64(value: number): Buffer {
  return Buffer.from(BigUint64Array.of(BigInt(value)).buffer)
}

function text(value: string): Buffer {
  return Buffer.concat([u64(value.length), Buffer.from(value)])
}

/** A whole GGUF file of one tensor with so many values, and a list of words among what it says of itself. */
export function aGgufFile(values: number): Buffer {
  const words = Buffer.concat([text('tokenizer.words'), u32(9), u32(8), u64(2), text('one'), text('two')])
  const tensor = Buffer.concat([text('weights'), u32(1), u64(values), u32(0), u64(0)])
  const header = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(1), u64(1), words, tensor])
  return Buffer.concat([header, Buffer.alloc((32 - (header.length % 32)) % 32), Buffer.alloc(4 * values, 7)])
}

/** Where in the file each request began; a request without a range began at 0. */
export function startsOf(asked: FileServer['asked']): number[] {
  return asked.map(({ headers }) => Number(/^bytes=(\d+)-$/.exec(headers.range ?? 'bytes=0-')?.[1]))
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
