import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuTimer } from '../../test/support/cpu.ts'
import { keepsTheModelContract } from '../../test/contract/model.ts'
import { aBudget } from '../../test/support/budget.ts'
import { type Prompt, textsOf } from '../records/prompt.ts'
import { recordModel } from './recorded.ts'
import { redactModel } from './redacted.ts'
import { type Script, scripted } from './scripted.ts'
import { findSecrets } from './secret.ts'

// Put together here, so that nothing that scans this repository finds a secret.
const glued = (...parts: string[]) => parts.join('')
const github = `ghp_${'aB3dE6gH9'.repeat(4)}`
const aws = glued('AKIA', 'Q7RZ2MNP4KLT8WXY')
const pem = ['-----BEGIN RSA PRIVATE ', 'KEY-----\nMIIEow\n-----END RSA PRIVATE ', 'KEY-----'].join('')
const sampling = { temperature: 0, maxTokens: 200, stop: [], logProbabilities: true }
const ask = (text: string): Prompt => ({ kind: 'chat', messages: [{ role: 'user', content: text }] })

/** A redacted model with the words it was sent. */
function redacted(script: Script, options = {}) {
  const sent: string[] = []
  const see = (...texts: string[]) => void sent.push(...texts)
  const model = scripted({
    ...script,
    reply: (prompt, at) => {
      see(...textsOf(prompt))
      return script.reply?.(prompt, at) ?? ''
    },
    ...(script.score === undefined
      ? {}
      : {
          score: (prompt, continuation) => {
            see(...textsOf(prompt), continuation)
            return script.score!(prompt, continuation)
          },
        }),
  })
  return { model: redactModel(model, options), sent }
}

keepsTheModelContract('redacted', {
  model: () => redactModel(scripted({ reply: (prompt, { index }) => `${textsOf(prompt)[0]} and more ${index}` })),
  prompt: ask(`use ${github}`),
  can: { logProbabilities: false, score: false, embed: false, seed: false, limit: false, usage: true },
  stop: ' and',
})

test('a secret is not sent, and is itself again in what comes back', async () => {
  const { model, sent } = redacted({ reply: (prompt) => `key = "${/REDACTED_\d_SECRET/.exec(textsOf(prompt)[0]!)![0]}"` })
  const reply = await model.sample(ask(`token ${github} and ${aws}, again ${github}`), { budget: aBudget(), sampling, count: 1, first: 0 })
  expect(sent).toEqual(['token REDACTED_1_SECRET and REDACTED_2_SECRET, again REDACTED_1_SECRET'])
  expect(reply.samples[0]!.text).toBe(`key = "${github}"`)
})

test('neither is it recorded, when the recording is inside', async () => {
  const exchanges: unknown[] = []
  const model = redactModel(recordModel(scripted({ reply: (prompt) => textsOf(prompt)[0]! }), (exchange) => exchanges.push(exchange)))
  const reply = await model.sample(ask(github), { budget: aBudget(), sampling, count: 1, first: 0 })
  expect(reply.samples[0]!.text).toBe(github)
  expect(JSON.stringify(exchanges)).not.toContain(github)
})

test('what is told as it arrives never holds half a placeholder', async () => {
  const text = 'a REDACTED_1_SECRET, REDACTED_ and REDACTED_2_SECRET'
  const plain = scripted({ reply: () => text })
  const pieces = {
    ...plain,
    sample: async (...[prompt, call]: Parameters<typeof plain.sample>) => {
      for (const piece of text) call.onText?.(0, piece)
      const { onText: _, ...silent } = call
      return await plain.sample(prompt, silent)
    },
  }
  const heard: string[] = []
  await redactModel(pieces).sample(ask(`${github} ${aws}`), {
    budget: aBudget(),
    sampling,
    count: 1,
    first: 0,
    onText: (_, piece) => heard.push(piece),
  })
  expect(heard.join('')).toBe(`a ${github}, REDACTED_ and ${aws}`)
  expect(heard).toContain(github)
})

test('the tokens of a placeholder become one that spells the secret, with their values together', async () => {
  const tokens = ['x=', '"RED', 'ACTED_1_', 'SECRET', '"', ';'].map((token, at) => ({ token, offset: 0, logProbability: -1 - at }))
  for (const token of tokens.keys()) tokens[token]!.offset = tokens.slice(0, token).reduce((sum, item) => sum + item.token.length, 0)
  const { model, sent } = redacted({ reply: () => ({ text: 'x="REDACTED_1_SECRET";', tokens }), score: () => ({ kind: 'scored', tokens }) })
  const expected = [
    { token: 'x=', offset: 0, logProbability: -1 },
    { token: `"${github}`, offset: 2, logProbability: -9 },
    { token: '"', offset: 3 + github.length, logProbability: -5 },
    { token: ';', offset: 4 + github.length, logProbability: -6 },
  ]
  expect((await model.sample(ask(github), { budget: aBudget(), sampling, count: 1, first: 0 })).samples[0]!.tokens).toEqual(expected)
  expect(await model.score(ask('x'), `x="${github}";`, { budget: aBudget(), by: 'script' })).toMatchObject({ tokens: expected })
  expect(sent.at(-1)).toBe('x="REDACTED_1_SECRET";')
})

test('a text that has the placeholders of others keeps them', async () => {
  const { model, sent } = redacted({ reply: (prompt) => textsOf(prompt)[0]! })
  const text = `REDACTED_1_SECRET ${github}`
  expect((await model.sample(ask(text), { budget: aBudget(), sampling, count: 1, first: 0 })).samples[0]!.text).toBe(text)
  expect(sent).toEqual(['REDACTED_1_SECRET XREDACTED_1_SECRET'])
})

test('a text without secrets goes as it is, and whoever wants to hears what was kept back', async () => {
  const heard: unknown[] = []
  const { model, sent } = redacted({}, { onRedacted: (kinds: unknown) => heard.push(kinds) })
  await model.sample(ask('plain'), { budget: aBudget(), sampling, count: 1, first: 0 })
  await model.sample(ask(`${aws} ${github} ${pem}`), { budget: aBudget(), sampling, count: 1, first: 1 })
  expect(sent[0]).toBe('plain')
  expect(heard).toEqual([['aws-access-key', 'github-token', 'private-key']])
})

test.for<[string, string, string]>([
  [
    'aws-secret-key',
    glued('aws_secret_access_key = ', 'wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEYa'),
    'wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEYa',
  ],
  ['provider-key', glued('OPENAI_API_KEY=sk-', 'proj-abcdEFGH1234ijklMNOP'), glued('sk-', 'proj-abcdEFGH1234ijklMNOP')],
  [
    'json-web-token',
    glued('Bearer eyJ', 'hbGciOiJIUzI1', '.eyJ', 'zdWIiOiIxMjM0', '.', 'SflKxwRJSM'),
    glued('eyJ', 'hbGciOiJIUzI1', '.eyJ', 'zdWIiOiIxMjM0', '.', 'SflKxwRJSM'),
  ],
  ['url-password', 'postgres://app:hunter2x@db/app', 'hunter2x'],
  ['assigned', glued('password = "', 'tr0ub4dor&3', '"'), 'tr0ub4dor&3'],
  ['private-key', `key:\n${pem}\n`, pem],
])('%s in %j', ([kind, text, secret]) => {
  expect(findSecrets(text).map(({ start, end, kind }) => [kind, text.slice(start, end)])).toEqual([[kind, secret]])
})

test.for([
  'password = "changeme123"',
  'token = "${TOKEN_VALUE}"',
  'secret: "<your secret here>"',
  'def token(password: str) -> str:',
  'api_key = os.environ["API_KEY"]',
  'password = "passwordpassword"',
  'sha256:' + 'ab'.repeat(32),
  'https://example.com:8080/a@b',
])('no secret in %j', (text) => {
  expect(findSecrets(text)).toEqual([])
})

test('what is known to the letter is found whatever it looks like', () => {
  expect(findSecrets('my dog is called rexrexrex', ['rexrexrex', 'dog'])).toEqual([{ start: 17, end: 26, kind: 'known' }])
})

test('whatever the text, hiding and restoring gives it back', async () => {
  const piece = fc.oneof(fc.constantFrom(github, aws, pem, 'REDACTED_1_SECRET', 'RED', ' ', '"', '1', 'X'), fc.string({ maxLength: 5 }))
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const text = pieces.join('')
      const { model, sent } = redacted({ reply: (prompt) => textsOf(prompt)[0]! })
      const reply = await model.sample(ask(text), { budget: aBudget(), sampling, count: 1, first: 0 })
      expect(reply.samples[0]!.text).toBe(text)
      for (const { start, end } of findSecrets(text)) expect(sent[0]).not.toContain(text.slice(start, end))
    }),
    { numRuns: 200 },
  )
})

test('long texts take no time', () => {
  const spent = cpuTimer()
  for (const bit of ['eyJ', 'password="', '-----BEGIN PRIVATE KEY-----', '://a:', 'sk-', 'a.']) findSecrets(bit.repeat(20_000))
  expect(spent()).toBeLessThan(8000)
})
