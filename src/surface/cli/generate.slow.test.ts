import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { aChatServer, type Question } from '../../../test/support/chat-server.ts'
import { type Ended, ended, Workplace } from '../../../test/support/command-line.ts'
import { aModelServer, sendJson, type ServerTraits } from '../../../test/support/model-server.ts'
import { Bigram } from '../../../test/support/ngram.ts'
import { middle, probeTexts, shifted } from '../../../test/support/probe-behaviors.ts'
import { trialModel } from '../../../test/support/trial-model.ts'
import { Verdict } from '../../records/verdict.ts'
import { RecordedRun } from '../../store/recorded-run.ts'

let place: Workplace
beforeAll(() => {
  place = new Workplace()
  // What is drawn is asked for in full, but where a test is about that.
  place.environment['COUNTERSIGN_GENERATE_ADAPTIVE'] = 'false'
})
afterAll(() => place.remove())

const addOne = 'Write `f(x: int)` that adds one. f(3) == 4'
const programs = ['return x * 2', 'return x + 1', 'y = x + 1\n    return y', 'return x - 1']
const block = (body: string) => `Here:\n\`\`\`python\ndef f(x):\n    ${body}\n\`\`\``

/** What a model says that now and then writes the right program. */
function ordinary({ text, index }: Question): string {
  if (text.includes('Write a Python program')) return block(programs[index % programs.length]!)
  if (text.includes('Someone else writes')) return '```python\nassert f(2) == 3\nassert f(\n```'
  return text.startsWith('Describe') ? 'It gives the number after x.' : 'I cannot say.'
}

async function served(...given: Parameters<typeof aChatServer>): Promise<string> {
  const server = await aChatServer(...given)
  onTestFinished(server.close)
  return `${server.url}#m`
}

const generate = (...parts: string[]) => place.run(['generate', addOne, '-n', '3', ...parts])

async function verdictOf(...parts: string[]): Promise<Verdict> {
  const { stdout } = await generate('--json', ...parts)
  return Verdict.parse(JSON.parse(stdout))
}

async function recordOf(run: string): Promise<RecordedRun> {
  return RecordedRun.parse(JSON.parse((await place.run(['show', run, '--json'])).stdout))
}

test('a model behind an endpoint writes, one program is chosen and printed alone, and the verdict is computed again from the record', async () => {
  const { stdout, stderr, status } = await generate('--model', await served(ordinary))
  expect({ stdout, status }).toEqual({ stdout: 'def f(x):\n    return x + 1\n', status: 0 })
  expect(stderr).toMatch(/^run \S+: openai-compatible\/m writes 4 programs\n/)
  expect(stderr).toMatch(/^4 answers asked for, 4 programs \(\d+ calls, \d+ tokens\)\n/m)
  expect(stderr).toMatch(/^5 answers with tests asked for, 5 assertions, 5 more that cannot be read\n/m)
  expect(stderr).toMatch(/^spent \d+ calls, \d+ tokens read and \d+ written, price not known\n/m)
  expect(stderr).toMatch(/^likelihood {2}round-trip, from openai-compatible\/m: 2 candidates that were left equal\n/m)
  expect(await place.run(['replay', 'latest', '--re-execute'])).toMatchObject({ status: 0, stderr: expect.stringContaining('the programs, run again: the same') })
})

test('where the first programs agree the rest is not drawn; that is told, recorded, and computed again', async () => {
  const model = await served(({ text, index }) => (text.includes('Write a Python program') ? block(`y${index} = x + 1\n    return y${index}`) : 'I cannot say.'))
  const { stdout, stderr, status } = await place.run(['generate', addOne, '-n', '9', '--json', '--model', model], { environment: { COUNTERSIGN_GENERATE_ADAPTIVE: 'true' } })
  expect(status).toBe(0)
  expect(stderr).toMatch(/^3 of 10 drawn: 3 votes for the way the best behaves, none for another; the risk that it is overtaken is .*, so the rest is not drawn$/m)
  expect(Verdict.parse(JSON.parse(stdout))).toMatchObject({ stop: 'settled', look: { kind: 'settled', drawn: 3, most: 10 } })
  expect((await recordOf('latest')).drawing).toMatchObject({ asked: 3, stop: 'settled', looks: [{ kind: 'settled' }] })
  expect((await place.run(['replay', 'latest'])).status).toBe(0)
})

test('what is recorded answers a second and a third time, to the letter, without any endpoint', async () => {
  const server = await aChatServer(ordinary)
  const key = 'sk-abcdefghijklmnopqrstuvwx'
  const first = await place.run(['generate', `${addOne} The key is ${key}.`, '-n', '3', '--json', '--model', `${server.url}#m`, '--record', 'kept.jsonl'])
  await server.close()
  expect(readFileSync(`${place.folder}/kept.jsonl`, 'utf8')).not.toContain(key)
  expect(server.asked.some(({ text }) => text.includes(key))).toBe(false)
  const again = () => place.run(['generate', `${addOne} The key is ${key}.`, '-n', '3', '--json', '--replay', 'kept.jsonl'])
  expect([(await again()).stdout, (await again()).stdout]).toEqual([first.stdout, first.stdout])
  expect(await place.run(['generate', 'Write `f(x)` that adds two.', '--replay', 'kept.jsonl'])).toMatchObject({ status: 4, stdout: '', stderr: expect.stringContaining('holds no answer to a question of this run') })
})

test('a task is an argument, a file, or what is piped in; a program may be begun, and the language told by a file', async () => {
  const asked: string[] = []
  const parts = ['-n', '0', '--set', 'generate.tests=0', '--model', await served(({ text }) => {
    asked.push(text)
    return text.includes('TypeScript') ? '```ts\nexport function f(x: number): number { return x + 1 }\n```' : block('return x + 1')
  })]
  place.write('task.md', addOne)
  place.write('begun.py', 'def f(x):\n    """Adds one."""\n')
  const said = [
    await place.run(['generate', 'task.md', '--prompt', 'begun.py', ...parts]),
    await place.run(['generate', ...parts], { stdin: addOne }),
    await place.run(['generate', '-', '-o', 'one.ts', ...parts], { stdin: addOne }),
  ]
  expect(said.map(({ status }) => status)).toEqual([0, 0, 0])
  expect(asked.map((text) => text.match(/It begins like this|a TypeScript program|a Python program/g)?.join())).toEqual([
    'a Python program,It begins like this',
    'a Python program',
    'a TypeScript program',
  ])
  expect(readFileSync(`${place.folder}/one.ts`, 'utf8')).toContain('x: number')
})

test('events are lines as they happen, and the last one is the verdict', async () => {
  const { stdout } = await generate('--ndjson', '--model', await served(ordinary), '-o', 'chosen.py')
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as { kind?: string })
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(
    new Set(['started', 'model-chosen', 'read', 'sampled', 'drawn', 'tests-written', 'screened', 'scanned', 'executed', 'probed', 'scored', undefined]),
  )
  expect(Verdict.parse(lines.at(-1)).choice).toMatchObject({ kind: 'chosen', id: 'sample-1' })
  expect(readFileSync(`${place.folder}/chosen.py`, 'utf8')).toContain('x + 1')
})

const change = (body: string) => `\`\`\`javascript src/slug.js\nimport { words } from './words.js'\nexport function slug(title) { return ${body} }\n\`\`\``

test('two ways of behaving that are as good are told apart by a call, and the story tells it', async () => {
  const model = await served(({ text, index }) => {
    if (text.includes('Write a Python program')) return block(['return x * 2', 'return x + 1', 'return x * 2 * 1', 'return x + 1 + 0'][index]!)
    if (text.includes('do not always give the same')) return 'f(7)'
    const [, first] = /A: returned (\d+)/.exec(text) ?? []
    return first === undefined ? 'I cannot say.' : first === '8' ? 'A' : 'B'
  })
  const { stderr, status } = await place.run(['generate', 'Write `f(x: int)`. f(1) == 2', '-n', '3', '--set', 'generate.tests=0', '--model', model])
  const told = /f\(7\): direct returned 14, sample-1 returned 8; a model says that the task wants what sample-1 did/
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(told) })
  expect((await place.run(['show', 'latest'])).stdout).toMatch(told)
})

test('in a workspace the model is shown what the task is about, and its change runs beside the other files', async () => {
  const files = {
    'package.json': '{"type": "module"}',
    'src/words.js': "export function words(text) { return text.split(' ') }\n",
    'src/slug.js': 'export function slug(title) { return title }\n',
    'test/slug.test.js': "import { test } from 'node:test'\nimport assert from 'node:assert'\nimport { slug } from '../src/slug.js'\ntest('slug', () => assert.equal(slug('A b'), 'a-b'))\n",
  }
  for (const [path, content] of Object.entries(files)) place.write(`project/${path}`, content)
  const asked: string[] = []
  const model = await served(({ text, index }) => {
    asked.push(text)
    return change(index === 0 ? 'title.toLowerCase()' : "words(title).join('-').toLowerCase()")
  })
  const task = 'Make slug(title) in src/slug.js lower case, with hyphens between words.'
  const parts = ['generate', task, '--workspace', 'project', '--tests', 'project/test/slug.test.js', '--lang', 'js', '-n', '2', '-o', 'project/', '--set', 'generate.tests=0', '--model', model]
  expect(await place.run(parts)).toMatchObject({ status: 0, stderr: expect.stringContaining('chosen  sample-1') })
  expect(readFileSync(`${place.folder}/project/src/slug.js`, 'utf8')).toContain("words(title).join('-')")
  expect(asked[0]).toContain(files['src/slug.js'])
  expect(asked[0]).toContain("assert.equal(slug('A b'), 'a-b')")
})

const doubling = 'def double(amount): twice='
const corpus = new Bigram([
  ...probeTexts,
  ...Array.from({ length: 30 }, () => 'twice=amount*2;return twice'),
  ...Array.from({ length: 20 }, () => 'twice=2*amount;return twice'),
])

async function counted(traits: ServerTraits = {}): Promise<string[]> {
  const server = await aModelServer(corpus, traits)
  onTestFinished(server.close)
  return ['generate', 'Doubles a number. double(3) == 6', '--prompt', doubling, '-n', '12', '--set', 'generate.maxTokens=20', '--json', '--model', `${server.url}#bigram?api=completions`]
}

test('a model whose probabilities are exact scores both ways, alone or as the reviewer of another', async () => {
  const verdict = Verdict.parse(JSON.parse((await place.run(await counted())).stdout))
  expect(verdict.likelihood).toMatchObject({ tier: 'exact', model: 'openai-compatible/bigram', scorer: 'echo' })
  expect(verdict.choice).toMatchObject({ kind: 'chosen' })
  const values = verdict.ranking.flatMap(({ likelihood }) => likelihood ?? [])
  expect(values.length).toBeGreaterThan(1)
  expect(values).toEqual(values.toSorted((a, b) => b - a))
  const reviewer = (await counted()).at(-1)!
  const judged = await verdictOf('--model', await served(ordinary), '--reviewer', reviewer)
  expect(judged.likelihood).toMatchObject({ tier: 'cross-model', model: 'openai-compatible/bigram', scored: 2 })
})

test.for<[string, ServerTraits['distort']]>([
  ['are positive', middle(2)],
  ['lie one token off', shifted],
  ['belong to tokens that do not spell the text', (tokens) => tokens.map(({ token, logProbability }) => ({ token: `${token}?`, logProbability }))],
])('log-probabilities that %s are told, and no score comes of them', async ([, distort]) => {
  const { stdout } = await place.run(await counted({ ...(distort && { distort }) }))
  const verdict = Verdict.parse(JSON.parse(stdout))
  expect(verdict.choice.kind).toBe('chosen')
  expect(verdict.likelihood?.tier).not.toBe('exact')
  const { capability } = await recordOf('latest')
  expect(capability?.tier).not.toBe('exact')
  expect(capability?.checks.some(({ passed }) => !passed)).toBe(true)
})

test('a model scores programs that are there already, once it is named', async () => {
  for (const [name, body] of Object.entries({ plus: 'twice=amount+amount', times: 'twice=amount*2', other: 'twice=amount' })) place.write(`there/${name}.py`, `def double(amount): ${body};return twice\n`)
  const server = await aModelServer(corpus)
  onTestFinished(server.close)
  const parts = ['select', 'there', '--task', 'Doubles a number. double(3) == 6', '--prompt', doubling, '--json']
  const [without, scored] = await Promise.all([place.run(parts), place.run([...parts, '--model', `${server.url}#bigram?api=completions`])])
  expect(Verdict.parse(JSON.parse(without.stdout))).toMatchObject({ choice: { id: 'plus.py' }, unknown: expect.arrayContaining([{ what: 'likelihood', detail: 'no model scored the candidates' }]) })
  expect(Verdict.parse(JSON.parse(scored.stdout))).toMatchObject({ choice: { id: 'times.py' }, likelihood: { tier: 'exact', scored: 2 } })
  expect(scored.stderr).toMatch(/^run \S+: openai-compatible\/bigram scores$/m)
})

test('a program that prints replies is a model too, once it has leave', async () => {
  place.write('model.py', `import sys\nif 'Write a Python program' in sys.stdin.read(): print('''${block('return x + 1')}''')\nelse: print('assert f(1) == 2')\n`)
  const model = ['--model', `command:python3 ${place.folder}/model.py`, '--budget', '100 calls']
  expect(await generate(...model)).toMatchObject({ status: 2, stderr: expect.stringContaining('--allow-agent-model allows it') })
  expect(await generate(...model, '--allow-agent-model')).toMatchObject({ status: 0, stdout: 'def f(x):\n    return x + 1\n' })
})

const trial = trialModel()
describe.skipIf(trial.skip)(`an embedded model${trial.skip === false ? '' : ` (${trial.skip})`}`, () => {
  test('writes, scores both ways, and does so again', async () => {
    place.write('palindrome.py', 'assert is_palindrome("A man, a plan, a canal: Panama") == True\nassert is_palindrome("ab") == False\n')
    const task = 'Write is_palindrome(text) that returns True if text is a palindrome, ignoring case and punctuation.'
    const parts = ['generate', task, '--tests', 'palindrome.py', '--model', `llama:${trial.path}`, '-n', '10', '--set', 'generate.maxTokens=120', '--json']
    const [one, two, three] = [await place.run(parts), await place.run(parts), await place.run(parts)]
    const verdict = Verdict.parse(JSON.parse(one.stdout))
    expect(verdict.choice).toMatchObject({ kind: 'chosen' })
    expect(verdict.likelihood).toMatchObject({ tier: 'exact', model: 'llama/trial-f16' })
    // The first run probed the model before it scored, which leaves its traces in the last digits of what it reads.
    expect(three.stdout).toBe(two.stdout)
    expect(Verdict.parse(JSON.parse(two.stdout)).ranking.map(({ candidate }) => candidate)).toEqual(verdict.ranking.map(({ candidate }) => candidate))
  })
})

/** A model that answers every request in one way. */
const always = (work: Parameters<typeof aChatServer>[0]) => async () => ['--model', await served(work)]
const refusing = (status: number, error: object) =>
  always((_, response) => {
    sendJson(response, { error }, status)
    return undefined
  })

const answering = (body: string) =>
  always((_, response) => {
    response.end(body)
    return undefined
  })

test.for<[string, () => Promise<string[]>, { status: number; says: string }]>([
  ['a wrong URL', async () => ['--model', 'http://127.0.0.1:9/v1#m'], { status: 3, says: 'the next best is --model ' }],
  ['no TLS', async () => ['--model', (await served(ordinary)).replace('http:', 'https:')], { status: 3, says: 'the secure connection failed' }],
  ['an expired key', refusing(401, { message: 'expired' }), { status: 3, says: 'the key is missing, wrong or expired' }],
  ['no such model', refusing(404, { message: 'no' }), { status: 3, says: 'check the URL and the name of the model (HTTP 404: no); the next best is --model ' }],
  ['a context too long', refusing(400, { code: 'context_length_exceeded', message: 'too long' }), { status: 2, says: 'CONTEXT_EXCEEDED' }],
  ['a reply of 30 MB', always(() => 'x'.repeat(30 * 2 ** 20)), { status: 3, says: 'MODEL_REPLY_INVALID' }],
  ['a reply that is no JSON', answering('{"choices": [NaN]}'), { status: 3, says: 'holds NaN' }],
  ['a reply without code', always(() => 'That is easy.'), { status: 5, says: '4 of 4 answers hold no program (prose)' }],
  ['an empty reply', always(() => ''), { status: 5, says: '4 of 4 answers hold no program (empty)' }],
  ['another language', always(() => '```rust\nfn f() {}\n```'), { status: 5, says: '4 of 4 answers hold no program (other-language)' }],
  ['a budget of nothing', async () => ['--model', await served(ordinary), '--budget', '0 calls'], { status: 6, says: 'BUDGET_SPENT' }],
  ['a budget in money without a price', async () => ['--model', await served(ordinary), '--budget', '1usd'], { status: 2, says: 'SPEND_UNKNOWN' }],
  ['a budget that ends in the middle', async () => ['--model', await served(() => 'No.'), '--budget', '1 call'], { status: 6, says: 'the budget was spent before there was an answer' }],
  ['a model that cannot be read', async () => ['--model', 'gpt'], { status: 2, says: "cannot read the model 'gpt'" }],
  ['no task', async () => ['--model', await served(ordinary), '--tests', 'absent.py'], { status: 2, says: 'absent.py cannot be read' }],
])('%s is told apart', async ([, parts, { status, says }]) => {
  const said = await generate(...(await parts()))
  expect(said).toMatchObject({ status, stdout: '' })
  expect(said.stderr).toContain(says)
  expect(said.stderr).not.toContain('a fault of its own')
})

test('Ctrl-C in the middle of an answer keeps what there was and says where', async () => {
  const held = Promise.withResolvers<undefined>()
  const asked: Question[] = []
  const model = await served(async (question, response) => {
    asked.push(question)
    if (question.index === 0) return ordinary(question)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: {"choices": [{"index": 0, "delta": {"content": "def "}}]}\n\n')
    return await held.promise
  })
  const child = place.start(['generate', addOne, '-n', '3', '--model', model])
  const story = ended(child)
  while (asked.length < 2) await sleep(20)
  await sleep(300)
  child.kill('SIGINT')
  const { status, stdout, stderr }: Ended = await story
  held.resolve(undefined)
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  const id = /run (\S+) was interrupted; what it did is kept/.exec(stderr)?.[1] ?? ''
  const run = await recordOf(id)
  expect(run.ending).toEqual({ stop: 'interrupted' })
  expect(run.task?.instruction).toBe(addOne)
  expect(run.exchanges.map(({ answer }) => answer.kind)).toEqual(['sample'])
  expect(run.spend?.calls).toBeGreaterThan(0)
})
