import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Ended, Workplace, ended } from '../../../test/support/command-line.ts'
import { aFileServer, aModelFile, type FileServer, type FileTraits, sha256, startsOf } from '../../../test/support/file-server.ts'

let place: Workplace
beforeEach(() => {
  place = new Workplace()
  place.environment['XDG_DATA_HOME'] = join(place.folder, 'data')
  place.environment['PATH'] = join(place.folder, 'bin')
})
afterEach(() => place.remove())

const bytes = aModelFile(200_000)
const kept = 'data/countersign/models'

async function served(traits: FileTraits = {}): Promise<FileServer> {
  const server = await aFileServer({ bytes }, traits)
  onTestFinished(server.close)
  return server
}

function models(words: string, environment: Record<string, string> = {}): Promise<Ended> {
  return place.run(['models', ...words.split(' ')], { environment })
}

function settings(path = '.config/countersign/countersign.json'): unknown {
  return JSON.parse(readFileSync(join(place.folder, path), 'utf8'))
}

test('hf: names lead to the hub, whose digest is checked', async () => {
  const hub = await served({ headers: { 'x-linked-etag': `"${sha256(bytes)}"` } })
  const pulled = await models('pull hf:some/model/small.gguf', { HF_ENDPOINT: hub.url, HF_TOKEN: 'hf_secret' })
  expect(pulled.stdout).toContain('is the one that its host publishes')
  expect(hub.asked[0]).toMatchObject({ path: '/some/model/resolve/main/small.gguf', headers: { authorization: 'Bearer hf_secret' } })
})

test('what is wrong is told apart by exit code, and nothing is left under the name', async () => {
  const server = await served()
  const page = await aFileServer({ bytes: Buffer.from('<html>') })
  onTestFinished(page.close)
  const table: [string, number, string][] = [
    [`pull ${server.url}/small.gguf --sha256 ${'a'.repeat(64)}`, 4, 'EVIDENCE_BROKEN'],
    [`pull ${page.url}/page.gguf`, 2, 'gives no GGUF file: it begins "<html>"'],
    ['pull http://127.0.0.1:9/unreachable.gguf', 3, 'MODEL_UNREACHABLE'],
    [`pull ${server.url}/small.gguf --sha256 abc`, 2, '64 hexadecimal digits'],
    ['pull small.gguf', 2, 'write hf:OWNER/REPOSITORY/FILE.gguf'],
    ['use gpt-4.1', 2, "cannot read the model 'gpt-4.1'"],
    ['use llama:absent', 2, 'there is no model file'],
  ]
  const said = await Promise.all(table.map(([words]) => models(words)))
  expect(said.map(({ status, stdout }) => [status, stdout])).toEqual(table.map(([, status]) => [status, '']))
  for (const [at, [, , message]] of table.entries()) expect(said[at]?.stderr).toContain(message)
  expect(readdirSync(join(place.folder, kept))).toEqual([])
})

test('a disk that takes no more keeps what has come, and so does Ctrl-C; the same command goes on', async () => {
  const traits: FileTraits = {}
  const server = await served(traits)
  // Files may have 100 blocks of 1,024 bytes.
  const main = resolve(import.meta.dirname, 'main.ts')
  const full = await new Promise<string>((done) =>
    execFile(
      '/bin/bash',
      ['-c', `ulimit -f 100; exec "$0" "$@"`, process.execPath, main, 'models', 'pull', `${server.url}/small.gguf`],
      { cwd: place.folder, env: place.environment },
      (error, _, stderr) => done(`${error?.code} ${stderr}`),
    ),
  )
  expect(full).toMatch(/^3 .*STORE_UNAVAILABLE: .*files may not become that large.*what has come is kept/s)
  traits.intercept = (_, response, count) =>
    count === 2 &&
    (response
      .writeHead(206, { etag: String(server.asked[1]?.headers['if-range']), 'content-range': 'bytes 102400-199999/200000' })
      .write(bytes.subarray(102_400, 150_000)),
    true)
  const child = place.start(['models', 'pull', `${server.url}/small.gguf`])
  while (server.asked.length < 2) await sleep(20)
  await sleep(200)
  child.kill('SIGINT')
  expect(await ended(child)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('INTERRUPTED: interrupted; what has come is kept'),
  })
  expect((await models(`pull ${server.url}/small.gguf`)).stdout).toContain(sha256(bytes))
  const starts = startsOf(server.asked)
  expect(starts.slice(0, 2)).toEqual([0, 102_400])
  expect(starts[2]).toBeGreaterThanOrEqual(102_400)
})

test("use writes into the user's own file, keeps what else is there, and says what outranks it", async () => {
  place.write(`${kept}/small.gguf`, 'GGUF')
  place.write('dotfiles/own.json', '{"seed": 3}')
  mkdirSync(join(place.folder, '.config/countersign'), { recursive: true })
  symlinkSync(join(place.folder, 'dotfiles/own.json'), join(place.folder, '.config/countersign/countersign.json'))
  expect(await models('use openai:gpt-4.1')).toMatchObject({ status: 0, stderr: expect.stringContaining('set OPENAI_API_KEY') })
  expect(settings('dotfiles/own.json')).toEqual({ seed: 3, model: 'openai:gpt-4.1' })
  expect((await models('use small')).status).toBe(2)
  expect(await models('use command:llm --project')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('may not say which program is started'),
  })
  expect(await models('use llama:small --project')).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringContaining(`is chosen in ${place.folder}/countersign.json`),
  })
  expect(settings('countersign.json')).toEqual({ model: 'llama:small.gguf' })
  expect((await models('use ollama:x')).stderr).toContain(`here ${place.folder}/countersign.json says llama:small.gguf, which outranks it`)
  place.write('countersign.json', '{"model": ')
  expect(await models('use ollama:x --project')).toMatchObject({ status: 2, stderr: expect.stringContaining('is not JSON') })
})
