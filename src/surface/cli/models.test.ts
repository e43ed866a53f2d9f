import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { embeddedFile } from '../../index.ts'
import { type Ended, Workplace } from '../../../test/support/command-line.ts'
import { aFileServer, aModelFile, type FileServer, sha256 } from '../../../test/support/file-server.ts'

let place: Workplace
beforeEach(() => {
  place = new Workplace()
  place.environment['XDG_DATA_HOME'] = join(place.folder, 'data')
  place.environment['PATH'] = join(place.folder, 'bin')
})
afterEach(() => place.remove())

const bytes = aModelFile(200_000)
const kept = 'data/countersign/models'

async function served(): Promise<FileServer> {
  const server = await aFileServer({ bytes })
  onTestFinished(server.close)
  return server
}

function models(words: string, environment: Record<string, string> = {}): Promise<Ended> {
  return place.run(['models', ...words.split(' ')], { environment })
}

test('pull fetches a file, checks it, and list shows it', async () => {
  const server = await served()
  const pulled = await models(`pull ${server.url}/small.gguf --sha256 ${sha256(bytes)}`)
  expect(pulled).toMatchObject({ status: 0, stderr: expect.stringContaining('countersign probe llama:small.gguf') })
  expect(pulled.stdout).toBe(`${place.folder}/${kept}/small.gguf, 200 kB\nsha256:${sha256(bytes)}  is the one that was asked for\n`)
  const unknown = await models(`pull ${server.url}/small.gguf --as other.gguf --json`)
  expect(JSON.parse(unknown.stdout)).toEqual({
    path: `${place.folder}/${kept}/other.gguf`,
    bytes: bytes.length,
    digest: `sha256:${sha256(bytes)}`,
    checked: 'unknown',
    already: false,
  })
  expect((await models('list')).stdout).toMatch(/^file +llama:other\.gguf +200 kB; not probed yet\nfile +llama:small\.gguf /m)
})

test('list names keys and never shows them, finds programs, and asks nobody', async () => {
  place.write('bin/claude', '')
  chmodSync(join(place.folder, 'bin/claude'), 0o755)
  const environment = { OPENAI_API_KEY: 'sk-very-secret', TOGETHER_API_KEY: ' ', COUNTERSIGN_MODEL: 'llama:gone.gguf' }
  const [text, json] = await Promise.all([models('list', environment), models('list --json', environment)])
  expect(text.stdout).toMatch(/^chosen +llama:gone\.gguf +COUNTERSIGN_MODEL; there is no model file/m)
  expect(text.stdout).toMatch(/^key +openai:NAME +OPENAI_API_KEY is set$/m)
  expect(text.stdout + json.stdout).not.toContain('secret')
  expect(JSON.parse(json.stdout)).toEqual({
    chosen: { model: 'llama:gone.gguf', from: 'COUNTERSIGN_MODEL', problem: expect.any(String) },
    embedded: { model: 'embedded', path: embeddedFile, bytes: statSync(embeddedFile).size },
    files: [],
    keys: [{ model: 'openai:NAME', variable: 'OPENAI_API_KEY' }],
    programs: [{ model: 'command:claude' }],
  })
})
