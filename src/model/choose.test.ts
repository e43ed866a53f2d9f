import { expect, test } from 'vitest'
import { chooseModel, type ModelsFound, nextBest } from './choose.ts'

const url = 'http://127.0.0.1:11434/v1'
const servers = [{ server: 'Ollama', url, models: ['nomic-embed-text', 'qwen3', 'llama3'] }]
const files = [{ name: 'b-00002-of-00002.gguf', path: '/m/b2' }, { name: 'mmproj-a.gguf', path: '/m/c' }, { name: 'a.gguf', path: '/m/a.gguf' }]
const all: ModelsFound = { named: { model: 'openai:m', place: '--model' }, servers, files, folder: '/m' }
const { named: _, ...unnamed } = all
const nothing: ModelsFound = { servers: [], files: [], folder: '/m' }

test.for<[string, ModelsFound, { model: string; because: string; says: string }]>([
  ['what is named', all, { model: 'openai:m', because: 'named', says: 'named by --model' }],
  ['a server on this machine', unnamed, { model: `${url}#qwen3`, because: 'local-server', says: 'Ollama answers at http://127.0.0.1:11434/v1, and it is the first of the 2 models there' }],
  ['a file of the user', { ...nothing, files }, { model: 'llama:/m/a.gguf', because: 'model-file', says: 'no server of models answers on this machine, and a.gguf is the newest model file in /m' }],
  ['the embedded one', nothing, { model: 'embedded', because: 'embedded', says: 'there is no model file in /m' }],
])('%s comes before what follows it, and the reason is said', ([, found, { model, because, says }]) => {
  expect(chooseModel(found)).toEqual({ model, because, detail: expect.stringContaining(says) as string })
})

test('a server whose models do not write is passed over', () => {
  const embedding = { server: 'Ollama', url, models: ['nomic-embed-text'] }
  expect(chooseModel({ ...nothing, servers: [embedding, { server: 'vLLM', url: 'http://127.0.0.1:8000/v1', models: ['m'] }] })).toMatchObject({ model: 'http://127.0.0.1:8000/v1#m' })
})

test('the next best is never the one that failed', () => {
  const none = { keys: [], programs: [] }
  expect(nextBest(nothing, { not: 'llama:/m/a.gguf', ...none })).toContain('--model embedded')
  expect(nextBest(nothing, { not: 'embedded', ...none })).toContain('ollama serve')
  expect(nextBest(nothing, { not: 'embedded', keys: ['openai:NAME'], programs: ['command:claude -p'] })).toContain('--model openai:NAME')
  expect(nextBest(nothing, { not: 'embedded', keys: [], programs: ['command:claude -p'] })).toContain("--model 'command:claude -p'")
  expect(nextBest({ ...nothing, files }, { not: 'llama:/m/a.gguf', ...none })).toContain('--model embedded')
  expect(nextBest({ ...nothing, files }, { not: 'embedded', ...none })).toContain('--model llama:/m/a.gguf')
})
