import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { aFileServer, aGgufFile, aModelFile, type FileServer, type FileTraits, sha256, startsOf } from '../../test/support/file-server.ts'
import { modelSource } from './model-source.ts'
import { pullModel, type PullOptions } from './pull.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-pull-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytes = aModelFile(300_000)

async function served(traits: FileTraits = {}, content = { bytes }): Promise<FileServer> {
  const server = await aFileServer(content, traits)
  onTestFinished(server.close)
  return server
}

async function pull(url: string, options: Partial<PullOptions> = {}) {
  return await pullModel(modelSource(url, {}), { folder, backoffMs: 1, silenceMs: 2000, ...options })
}

/** What lies in the folder, without what an unfinished fetch keeps. */
function models(): string[] {
  return readdirSync(folder).filter((name) => !name.includes('.part'))
}

test('a file comes whole, with its digest, and says what that was checked against', async () => {
  const server = await served()
  const progress: number[] = []
  const pulled = await pull(`${server.url}/a/small.gguf?token=x`, { onProgress: ({ done }) => progress.push(done) })
  expect(pulled).toEqual({
    path: join(folder, 'small.gguf'),
    bytes: bytes.length,
    digest: `sha256:${sha256(bytes)}`,
    checked: 'unknown',
    already: false,
  })
  expect(readFileSync(pulled.path).equals(bytes)).toBe(true)
  expect(progress).toContain(bytes.length)
  expect(readdirSync(folder)).toEqual(['small.gguf'])
  expect(await pull(`${server.url}/b.gguf`, { sha256: sha256(bytes).toUpperCase() })).toMatchObject({ checked: 'given' })
})

test('a host that closes each connection while the disk is slow is no trouble', async () => {
  const server = await served({ headers: { connection: 'close' } }, { bytes: aModelFile(4_000_000) })
  let waits = 0
  const onProgress = () => {
    const until = performance.now() + (waits++ < 5 ? 20 : 0)
    while (performance.now() < until);
  }
  expect((await pull(`${server.url}/small.gguf`, { onProgress })).bytes).toBe(4_000_000)
})

test('the digest that the host publishes on the way is checked', async () => {
  const store = await served()
  const hub = await served({
    intercept: (_, response) => {
      response.writeHead(302, { location: `${store.url}/blob`, 'x-linked-etag': `"${sha256(bytes)}"`, 'x-linked-size': bytes.length }).end()
      return true
    },
  })
  const source = modelSource('hf:some/model@abc/sub/small.gguf', { hub: hub.url, token: 'hf_secret' })
  expect(await pullModel(source, { folder })).toMatchObject({ checked: 'published' })
  expect(hub.asked[0]).toMatchObject({ path: '/some/model/resolve/abc/sub/small.gguf', headers: { authorization: 'Bearer hf_secret' } })
  expect(store.asked[0]?.headers.authorization).toBeUndefined()
  // It is there: what it should be is asked again, the file is not.
  expect(await pullModel(source, { folder })).toMatchObject({ checked: 'published', already: true })
})

test('only the host that was named may say what the file should be', async () => {
  const store = await served({ headers: { 'x-linked-etag': `"${sha256(bytes)}"` } })
  const hub = await served({ intercept: (_, response) => (response.writeHead(302, { location: `${store.url}/blob` }).end(), true) })
  expect(await pull(`${hub.url}/small.gguf`)).toMatchObject({ checked: 'unknown' })
})

test('a wrong digest is not kept', async () => {
  const server = await served()
  await expect(pull(`${server.url}/small.gguf`, { sha256: 'a'.repeat(64) })).rejects.toMatchObject({
    code: 'EVIDENCE_BROKEN',
    message: expect.stringContaining(sha256(bytes)),
  })
  const lies = await served({ headers: { 'x-linked-etag': `"${'b'.repeat(64)}"` } })
  await expect(pull(`${lies.url}/small.gguf`)).rejects.toMatchObject({
    code: 'EVIDENCE_BROKEN',
    message: expect.stringContaining('its host publishes'),
  })
  expect(readdirSync(folder)).toEqual([])
})

test('a connection that is cut goes on from where it was', async () => {
  const server = await served({ cut: { after: 100_000, times: 2 } })
  expect(await pull(`${server.url}/small.gguf`)).toMatchObject({ digest: `sha256:${sha256(bytes)}` })
  const starts = startsOf(server.asked)
  expect(starts).toHaveLength(3)
  expect([starts[0], starts.every((start, at) => at === 0 || start > starts[at - 1]!)]).toEqual([0, true])
})

test('what has come is kept when the connection keeps breaking off, and the next command goes on', async () => {
  const traits: FileTraits = {
    cut: { after: 100_000, times: 1 },
    intercept: (_, response, count) => count > 1 && (response.destroy(), true),
  }
  const server = await served(traits)
  await expect(pull(`${server.url}/small.gguf`)).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringMatching(/5 times at \d+ bytes; what has come is kept/),
  })
  expect(models()).toEqual([])
  delete traits.intercept
  expect(await pull(`${server.url}/small.gguf`)).toMatchObject({ digest: `sha256:${sha256(bytes)}` })
  expect(startsOf(server.asked).at(-1)).toBeGreaterThan(0)
})

test.for<[string, FileTraits]>([
  ['ignores ranges', { ranges: false }],
  ['has no tags, so that nobody knows whether it is the same file', { etag: null }],
])('from a host that %s it comes anew', async ([, traits]) => {
  const server = await served({ ...traits, cut: { after: 100_000, times: 2 } })
  expect(await pull(`${server.url}/small.gguf`)).toMatchObject({ digest: `sha256:${sha256(bytes)}` })
})

test('a file that has changed in between comes anew', async () => {
  const other = aModelFile(250_000, 2)
  for (const traits of [{}, { headers: { 'content-range': `bytes 100000-249999/250000` } }] as FileTraits[]) {
    const content = { bytes }
    const server = await served(
      { ...traits, cut: { after: 100_000, times: 1 }, intercept: (_, __, count) => ((content.bytes = count > 1 ? other : bytes), false) },
      content,
    )
    expect(await pull(`${server.url}/${Object.keys(traits).length}.gguf`)).toMatchObject({ digest: `sha256:${sha256(other)}` })
  }
})

test('a host that lies about the size is caught', async () => {
  const short = await served({
    length: (length) => length + 1000,
    intercept: (_, response, count) => count > 1 && (response.writeHead(503).end(), true),
  })
  await expect(pull(`${short.url}/short.gguf`)).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' })
  const linked = await served({ headers: { 'x-linked-size': '5' } })
  await expect(pull(`${linked.url}/linked.gguf`)).rejects.toMatchObject({
    code: 'MODEL_REPLY_INVALID',
    message: expect.stringContaining('has 300000 bytes, and its host says that the file has 5'),
  })
  const endless = await served({ length: () => undefined, headers: { 'x-linked-size': '5' } })
  await expect(pull(`${endless.url}/endless.gguf`)).rejects.toMatchObject({
    code: 'MODEL_REPLY_INVALID',
    message: expect.stringContaining('more comes'),
  })
  expect(models()).toEqual([])
})

test('a file that is shorter than it says itself is not kept, though its host calls it whole', async () => {
  const whole = aGgufFile(50_000)
  const server = await served({}, { bytes: whole.subarray(0, 100_000) })
  await expect(pull(`${server.url}/cut.gguf`)).rejects.toMatchObject({
    code: 'MODEL_REPLY_INVALID',
    message: expect.stringContaining(`gave 100000 bytes and called them all, and the file says that it has ${whole.length}`),
  })
  expect(readdirSync(folder)).toEqual([])
  const honest = await served({}, { bytes: whole })
  expect(await pull(`${honest.url}/whole.gguf`)).toMatchObject({ bytes: whole.length, checked: 'unknown' })
})

test.for<[string, Buffer]>([
  ['a page', Buffer.from('<!doctype html><title>Sign in</title>')],
  ['nothing', Buffer.alloc(0)],
  ['three bytes', Buffer.from('GGU')],
])('what is no GGUF file is not kept: %s', async ([, content]) => {
  const server = await served({}, { bytes: content })
  await expect(pull(`${server.url}/page.gguf`)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('gives no GGUF file'),
  })
  expect(readdirSync(folder)).toEqual([])
})

test.for<[number, string, string]>([
  [404, 'MODEL_REFUSED', 'there is no such file'],
  [401, 'MODEL_REFUSED', 'set HF_TOKEN'],
  [503, 'MODEL_UNREACHABLE', 'busy or failing'],
  [418, 'MODEL_REFUSED', 'not given'],
])('HTTP %d is %s', async ([status, code, message]) => {
  const server = await served({ intercept: (_, response) => (response.writeHead(status).end(), true) })
  await expect(pull(`${server.url}/small.gguf`)).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
})

test('a host that falls silent, or sends round in circles, is given up', async () => {
  const silent = await served({ intercept: (_, response) => (response.writeHead(200, { 'content-length': 10 }).write('GG'), true) })
  await expect(pull(`${silent.url}/small.gguf`, { silenceMs: 30 })).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining('nothing came for 0.03 s'),
  })
  const circle = await served({ intercept: (_, response) => (response.writeHead(302, { location: '/again' }).end(), true) })
  await expect(pull(`${circle.url}/small.gguf`)).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
  await expect(pull('http://127.0.0.1:9/small.gguf')).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' })
})

test('what is there already is not fetched again, and never replaced', async () => {
  const server = await served()
  writeFileSync(join(folder, 'small.gguf'), bytes)
  expect(await pull(`${server.url}/small.gguf`, { sha256: sha256(bytes) })).toMatchObject({ already: true, checked: 'given' })
  expect(server.asked).toEqual([])
  expect(await pull('http://127.0.0.1:9/small.gguf')).toMatchObject({ already: true, checked: 'unknown' })
  await expect(pull(`${server.url}/small.gguf`, { sha256: 'a'.repeat(64) })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('another file'),
  })
  expect(readFileSync(join(folder, 'small.gguf')).equals(bytes)).toBe(true)
})

test('what there is no room for is not begun', async () => {
  const server = await served({ length: () => 1e15 })
  await expect(pull(`${server.url}/huge.gguf`)).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringContaining('free some space'),
  })
  expect(readdirSync(folder)).toEqual([])
})

test('two processes do not fetch one file, and a lock that a dead one left is no lock', async () => {
  const server = await served()
  writeFileSync(join(folder, 'small.gguf.part.lock'), String(process.ppid))
  await expect(pull(`${server.url}/small.gguf`)).rejects.toMatchObject({ message: expect.stringContaining('another process is fetching') })
  writeFileSync(join(folder, 'small.gguf.part.lock'), '999999999')
  expect((await pull(`${server.url}/small.gguf`)).already).toBe(false)
  expect(existsSync(join(folder, 'small.gguf.part.lock'))).toBe(false)
})

test('an interrupted fetch keeps what has come', async () => {
  const server = await served({
    intercept: (_, response) => (
      response.writeHead(200, { etag: '"a"', 'content-length': bytes.length }).write(bytes.subarray(0, 100_000)),
      true
    ),
  })
  const controller = new AbortController()
  const fetching = pull(`${server.url}/small.gguf`, { signal: controller.signal, onProgress: () => controller.abort() })
  await expect(fetching).rejects.toMatchObject({ code: 'INTERRUPTED', message: expect.stringContaining('what has come is kept') })
  expect(readFileSync(join(folder, 'small.gguf.part')).length).toBeGreaterThan(0)
})

test.for<[string, string]>([
  ['hf:owner/model', 'cannot read'],
  ['small.gguf', 'cannot read'],
  ['file:///small.gguf', 'cannot read'],
  ['https://user:pass@host/small.gguf', 'password'],
  ['https://host/download?id=1', "'download' is no name"],
  ['https://host/..%2F.gguf', 'is no name'],
  ['hf:owner/model/.gguf', 'is no name'],
])('refuses to fetch %s: %s', ([text, message]) => {
  expect(() => modelSource(text, {})).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining(message) }))
})
