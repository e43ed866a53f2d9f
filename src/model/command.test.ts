import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { keepsTheModelContract } from '../../test/contract/model.ts'
import { aBudget, aWatchedBudget } from '../../test/support/budget.ts'
import type { SampleCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import { command, type CommandOptions } from './command.ts'

const bin = mkdtempSync(join(tmpdir(), 'countersign-programs-'))
afterAll(() => rmSync(bin, { recursive: true }))
const environment = {
  PATH: process.env['PATH'],
  HOME: '/home/me',
  AWS_SECRET_ACCESS_KEY: 'aws',
  OPENAI_API_KEY: 'openai',
  ANTHROPIC_API_KEY: 'anthropic',
}

/** A program of the given name that runs `code` with the prompt in `input`. */
function aProgram(name: string, code: string): string {
  const file = join(mkdtempSync(join(bin, 'at-')), name)
  writeFileSync(
    file,
    `#!${process.execPath}\nlet input = ''\nprocess.stdin.on('data', (chunk) => (input += chunk)).on('end', async () => {${code}})\n`,
  )
  chmodSync(file, 0o755)
  return file
}

const echo = aProgram('llm', `console.log('You said: ' + input)`)
const prompt: Prompt = {
  kind: 'chat',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'one two three' },
  ],
}
const sampling = { temperature: 0, maxTokens: 100, stop: [], logProbabilities: false }
const call = (more: Partial<SampleCall> = {}): SampleCall => ({ budget: aBudget(), sampling, count: 1, first: 0, ...more })
const model = (file: string, more: Partial<CommandOptions> = {}) => command({ command: [file], environment, ...more })
const told = async (file: string, more: Partial<CommandOptions> = {}) =>
  JSON.parse((await model(file, more).sample(prompt, call())).samples[0]!.text) as Record<string, unknown>

keepsTheModelContract('command', {
  model: () => model(echo),
  prompt,
  can: { logProbabilities: false, score: false, embed: false, seed: false, limit: false, usage: false },
  stop: ' two',
})

test('the prompt goes to standard input and what is printed is the reply', async () => {
  const reply = await model(echo).sample(prompt, call())
  expect(reply).toEqual({
    samples: [{ index: 0, text: 'You said: Be brief.\n\none two three', ending: 'complete' }],
    failures: [],
    ignored: ['logprobs', 'max_tokens', 'seed', 'stop', 'temperature', 'top_p'],
  })
})

test('it runs in an empty folder that is gone afterwards, with little of the environment', async () => {
  const program = aProgram(
    'codex',
    `const fs = require('node:fs'); fs.writeFileSync('left', ''); console.log(JSON.stringify({ cwd: process.cwd(), files: fs.readdirSync('.'), env: process.env }))`,
  )
  const { cwd, files, env } = await told(program)
  expect(files).toEqual(['left'])
  expect(env).toEqual({ PATH: environment.PATH, HOME: '/home/me', OPENAI_API_KEY: 'openai', TMPDIR: cwd })
  expect(await told(program)).not.toMatchObject({ cwd })
})

// That these really take the tools away is seen in agent-program.slow.test.ts, where the programs themselves are at hand.
test.for<[string, string, string | null]>([
  ['claude', '--tools  --strict-mcp-config --restricted', null],
  ['codex', '--sandbox read-only --skip-git-repo-check --ephemeral --ignore-user-config --ignore-rules -c features.shell_tool=false', null],
  [
    'gemini',
    '--skip-trust --approval-mode default --policy no-tools.toml --extensions none --allowed-mcp-server-names none',
    'decision = "deny"',
  ],
  ['llm', '--no-log', null],
])('%s is started without its tools', async ([name, expected, policy]) => {
  const file = aProgram(
    name,
    `const fs = require('node:fs'); const told = { given: process.argv.slice(2), policy: fs.existsSync('no-tools.toml') ? fs.readFileSync('no-tools.toml', 'utf8') : null }; console.log(JSON.stringify({ ...told, result: JSON.stringify(told) }))`,
  )
  const { given, policy: found } = await told(file, { command: [file, '-p'] })
  expect((given as string[]).join(' ')).toContain(`-p ${expected}`)
  expect(found).toEqual(policy === null ? null : expect.stringContaining(policy))
})

test('a prompt that begins with a slash is no command to the program', async () => {
  const slash: Prompt = { kind: 'chat', messages: [{ role: 'user', content: '/help' }] }
  const { samples } = await model(aProgram('llm', `console.log(JSON.stringify(input))`)).sample(slash, call())
  expect(samples[0]!.text).toBe('"\\n/help"')
})

test('a program that is not known needs leave', async () => {
  const file = aProgram('my-agent', `console.log('hello')`)
  expect(() => model(file)).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringContaining('--allow-agent-model') }),
  )
  expect((await model(file, { allowAgent: true }).sample(prompt, call())).samples[0]!.text).toBe('hello')
})

test.for<[string, string, number, string, string]>([
  ['says that it is not signed in', '{"is_error": true, "result": "Not logged in"}', 1, 'MODEL_UNREACHABLE', 'ended with 1: Not logged in'],
  ['says so and ends well', '{"is_error": true, "result": "Not logged in"}', 0, 'MODEL_REFUSED', 'gave no answer: Not logged in'],
  ['has no result', '{"type": "result", "subtype": "error_max_turns"}', 0, 'MODEL_REPLY_INVALID', 'error_max_turns'],
])('what is no answer never becomes one: claude %s', async ([, printed, ending, code, said]) => {
  const program = aProgram('claude', `console.log(${JSON.stringify(printed)}); process.exitCode = ${ending}`)
  await expect(model(program).sample(prompt, call())).rejects.toMatchObject({ code, message: expect.stringContaining(said) })
})

test('what claude prints as JSON tells reply, model and use', async () => {
  const printed = {
    type: 'result',
    result: 'done',
    usage: { input_tokens: 5, output_tokens: 2, cache_read_input_tokens: 4 },
    modelUsage: { 'claude-x': {} },
  }
  const budget = aWatchedBudget()
  const reply = await model(aProgram('claude', `console.log(${JSON.stringify(JSON.stringify(printed))})`)).sample(prompt, call({ budget }))
  expect(reply).toMatchObject({ samples: [{ text: 'done', model: 'claude-x' }], usage: { inputTokens: 9, outputTokens: 2 } })
  expect(budget.charges[0]!.used).toEqual({ inputTokens: 9, outputTokens: 2 })
})

test('several samples run side by side, but not all at once', async () => {
  // Each waits for the other of its pair, and ends in an error when a third is there.
  const meeting = mkdtempSync(join(bin, 'meeting-'))
  const code = `
    const fs = require('node:fs')
    const here = () => fs.readdirSync(${JSON.stringify(meeting)})
    const own = here().filter((name) => name.startsWith('start')).length + 1
    fs.mkdirSync(${JSON.stringify(meeting)} + '/start-' + process.pid)
    if (here().filter((name) => name.startsWith('start')).length - here().filter((name) => name.startsWith('end')).length > 2) process.exit(3)
    while (here().filter((name) => name.startsWith('start')).length < own + (own % 2)) await new Promise((go) => setTimeout(go, 20))
    fs.mkdirSync(${JSON.stringify(meeting)} + '/end-' + process.pid)
    console.log('done')`
  const reply = await model(aProgram('llm', code), { concurrency: 2, timeoutMs: 30_000 }).sample(prompt, call({ count: 4 }))
  expect(reply).toMatchObject({ failures: [], samples: Array.from({ length: 4 }, () => ({ text: 'done' })) })
})

test.for<[string, string, string]>([
  ['ends in an error', `console.error('not signed in'); process.exit(1)`, 'not signed in'],
  ['is killed', `process.kill(process.pid, 'SIGKILL')`, 'SIGKILL'],
])('a program that %s is unreachable and says why', async ([, code, why]) => {
  await expect(model(aProgram('llm', code)).sample(prompt, call())).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining(why),
  })
})

test('a program that prints without end is stopped', async () => {
  const file = aProgram(
    'llm',
    `for (;;) if (!process.stdout.write('x'.repeat(100000))) await new Promise((go) => process.stdout.once('drain', go))`,
  )
  await expect(model(file).sample(prompt, call())).rejects.toMatchObject({ code: 'MODEL_REPLY_INVALID' })
})

test('a program that never answers is stopped with all that it started', async () => {
  const file = aProgram('llm', `require('node:child_process').spawn('sleep', ['31.7'], { stdio: 'inherit' })`)
  const started = performance.now()
  await expect(model(file, { timeoutMs: 1500 }).sample(prompt, call())).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    message: expect.stringContaining('1.5 s'),
  })
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('an interruption stops it', async () => {
  const controller = new AbortController()
  const asked = model(aProgram('llm', `setTimeout(() => {}, 60000)`)).sample(prompt, call({ signal: controller.signal }))
  await sleep(200)
  controller.abort()
  await expect(asked).rejects.toMatchObject({ code: 'INTERRUPTED' })
})

test('a program that is not there is a mistake of the configuration and costs nothing', async () => {
  const budget = aWatchedBudget()
  await expect(command({ command: ['/no/such/llm'], environment }).sample(prompt, call({ budget }))).rejects.toMatchObject({
    code: 'CONFIGURATION_INVALID',
  })
  expect(budget.charges[0]!.used).toBe('nothing')
})

test('under a budget in money a program that does not say what it used ends it', async () => {
  await expect(model(echo).sample(prompt, call({ budget: aBudget({ usd: 1 }) }))).rejects.toMatchObject({ code: 'SPEND_UNKNOWN' })
})
