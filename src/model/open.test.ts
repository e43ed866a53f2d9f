import { expect, onTestFinished, test } from 'vitest'
import { aBudget } from '../../test/support/budget.ts'
import { aModelServer } from '../../test/support/model-server.ts'
import { Bigram } from '../../test/support/ngram.ts'
import { openModel } from './open.ts'
import { ModelSettings, parseModel } from './settings.ts'

test.for<[string, object]>([
  ['openai:gpt-4.1', { driver: 'openai-compatible', url: 'https://api.openai.com/v1', model: 'gpt-4.1', keyVariable: 'OPENAI_API_KEY' }],
  ['ollama:qwen3-coder:30b', { driver: 'openai-compatible', url: 'http://127.0.0.1:11434/v1', model: 'qwen3-coder:30b' }],
  ['anthropic:claude-haiku-4-5', { driver: 'anthropic', model: 'claude-haiku-4-5', keyVariable: 'ANTHROPIC_API_KEY' }],
  [
    'openai:gpt-6-luna?reasoning_effort=none&a.b=1&a.c=x',
    {
      driver: 'openai-compatible',
      url: 'https://api.openai.com/v1',
      model: 'gpt-6-luna',
      keyVariable: 'OPENAI_API_KEY',
      extra: { reasoning_effort: 'none', a: { b: 1, c: 'x' } },
    },
  ],
  [
    'http://127.0.0.1:8000/v1#m?api=completions',
    { driver: 'openai-compatible', url: 'http://127.0.0.1:8000/v1', model: 'm', keyVariable: 'COUNTERSIGN_API_KEY', api: 'completions' },
  ],
  [
    'anthropic:m?output_config.effort=low',
    { driver: 'anthropic', model: 'm', keyVariable: 'ANTHROPIC_API_KEY', extra: { output_config: { effort: 'low' } } },
  ],
  ['llama:models/small.gguf', { driver: 'llama', path: 'models/small.gguf' }],
  ['C:\\models\\small.gguf', { driver: 'llama', path: 'C:\\models\\small.gguf' }],
  ['./small.gguf', { driver: 'llama', path: './small.gguf' }],
  [
    `command:claude -p --append-system-prompt "be brief" 'x y'`,
    { driver: 'command', command: ['claude', '-p', '--append-system-prompt', 'be brief', 'x y'] },
  ],
  [
    'http://127.0.0.1:8000/v1#org/model',
    { driver: 'openai-compatible', url: 'http://127.0.0.1:8000/v1', model: 'org/model', keyVariable: 'COUNTERSIGN_API_KEY' },
  ],
])('%s', ([text, settings]) => {
  expect(ModelSettings.parse(parseModel(text))).toEqual(settings)
})

test.for([
  '',
  'gpt-4.1',
  'openai:',
  'openai:?a=b',
  'openai:m?api=x',
  'anthropic:?a=b',
  'toString:x',
  'http://127.0.0.1:8000/v1',
  'http://127.0.0.1:8000/v1#',
])('refuses %j', (text) => {
  expect(() => parseModel(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
})

test('a key is no setting', () => {
  expect(ModelSettings.safeParse({ driver: 'anthropic', model: 'm', key: 'sk-ant' }).success).toBe(false)
})

test('the key comes from the variable that the settings name, and goes to the endpoint', async () => {
  const server = await aModelServer(new Bigram(['one two']))
  onTestFinished(server.close)
  const model = await openModel(
    { driver: 'openai-compatible', url: server.url, model: 'm', keyVariable: 'MY_KEY' },
    { MY_KEY: ' sk-mine \n', OPENAI_API_KEY: 'sk-other' },
  )
  await model.sample(
    { kind: 'completion', text: 'one' },
    { budget: aBudget(), sampling: { temperature: 0, maxTokens: 4, stop: [], logProbabilities: false }, count: 1, first: 0 },
  )
  expect(server.asked[0]!.headers.authorization).toBe('Bearer sk-mine')
})

test('a hosted model without its key says which variable to set, and one on this machine needs none', async () => {
  await expect(openModel(parseModel('openai:gpt-4.1'), {})).rejects.toMatchObject({
    code: 'CONFIGURATION_INVALID',
    message: expect.stringContaining('OPENAI_API_KEY'),
  })
  await expect(openModel(parseModel('anthropic:claude-haiku-4-5'), { ANTHROPIC_API_KEY: '' })).rejects.toMatchObject({
    message: expect.stringContaining('ANTHROPIC_API_KEY'),
  })
  expect((await openModel(parseModel('ollama:m'), {})).driver).toBe('openai-compatible')
  expect((await openModel(parseModel('http://127.0.0.1:1/v1#m'), {})).name).toBe('m')
})

test('every driver is reached by its name', async () => {
  expect((await openModel(parseModel('command:llm'), {})).driver).toBe('command')
  expect((await openModel(parseModel('anthropic:m'), { ANTHROPIC_API_KEY: 'x' })).driver).toBe('anthropic')
  await expect(openModel(parseModel('llama:/no/such.gguf'), {})).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
})

test("Anthropic's interface is asked where the environment says", async () => {
  const model = await openModel(parseModel('anthropic:m'), { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9', ANTHROPIC_API_KEY: '' })
  expect(await model.versions({})).toEqual({ endpoint: 'http://127.0.0.1:9' })
})
