import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Ended, Workplace } from '../../../test/support/command-line.ts'
import { type Asked, aModelServer, sendJson, type ServerTraits } from '../../../test/support/model-server.ts'
import { middle, probeCorpus, shifted, stale } from '../../../test/support/probe-behaviors.ts'

let place: Workplace
beforeAll(() => {
  place = new Workplace()
})
afterAll(() => place.remove())

async function probed(traits: ServerTraits, more: readonly string[] = []): Promise<Ended> {
  const server = await aModelServer(probeCorpus, traits)
  onTestFinished(server.close)
  return await place.run(['probe', `${server.url}#bigram`, ...more], { environment: { COUNTERSIGN_API_KEY: 'sk-very-secret-key' } })
}

async function asked(model: string): Promise<Ended> {
  return await place.run(['probe', model])
}

/** Answers every request for samples or scores with `reply`. */
function always(reply: (response: ServerResponse) => void): ServerTraits {
  return { intercept: ({ path }: Asked, response) => path.includes('completions') && (reply(response), true) }
}

/** Cuts the connection in the middle of the answer, so many times. */
function cut(times: number, type: string): ServerTraits {
  let left = times
  return {
    intercept: ({ path }, response) => {
      if (!path.includes('completions') || left-- <= 0) return false
      response.writeHead(200, { 'content-type': type })
      response.write('data: {"choices": [{"index": 0, "text": "on', () => response.destroy())
      return true
    },
  }
}

function busy(times: number, wait: string): ServerTraits {
  let left = times
  return {
    intercept: ({ path }, response) => {
      if (!path.includes('completions') || left-- <= 0) return false
      sendJson(response, { error: { message: 'Rate limit reached' } }, 429, { 'retry-after': wait })
      return true
    },
  }
}

const tiers: [string, string, ServerTraits, RegExp][] = [
  ['echoes exactly', 'exact by echo', {}, /^ok +echo +its own continuation/m],
  [
    'gives the first token no value',
    'exact by echo',
    { distort: (tokens) => tokens.with(0, { ...tokens[0]!, logProbability: null }) },
    /^ok/m,
  ],
  ['takes echo and gives generated tokens alone', 'verdict-logprob', { echo: false }, /^failed +echo +a value for every token/m],
  ['is off by one', 'verdict-logprob', { distort: shifted }, /^failed +echo +its own continuation is likely where it lies/m],
  ['answers from a stale cache', 'verdict-logprob', { distort: stale() }, /^failed +echo +the order of requests does not matter/m],
  ['gives no log-probabilities', 'round-trip', { echo: false, sampledLogprobs: false }, /^failed +sampling .*without log-probabilities/m],
  ['gives a positive one', 'verdict-logprob', { distort: middle(2) }, /^failed +echo .*2 is no log-probability/m],
  ['gives no value in the middle', 'verdict-logprob', { distort: middle(null) }, /^failed +echo .* 1 without a value/m],
  ['gives tokens of another text', 'verdict-logprob', { distort: (tokens) => tokens.slice(3) }, /^failed +echo .*do not spell the text/m],
  [
    'refuses',
    'none',
    always((response) => sendJson(response, { error: { code: 'content_filter', message: 'Not \u001b[31mallowed here' } }, 400)),
    /^failed +sampling .*Not \[31mallowed here/m,
  ],
  [
    'says that every text is too long',
    'verdict-logprob',
    {
      intercept: ({ body }, response) =>
        body['echo'] === true && (sendJson(response, { error: { code: 'context_length_exceeded', message: 'x' } }, 400), true),
    },
    /^failed +echo .*the prompt is too long/m,
  ],
  ['breaks off once', 'exact by echo', cut(1, 'application/json'), /^ok/m],
  ['breaks off a stream once', 'exact by echo', cut(1, 'text/event-stream'), /^ok/m],
  ['is busy twice', 'exact by echo', busy(2, '0'), /^ok/m],
]
test.for(tiers)('a server that %s: %s', async ([, tier, traits, step]) => {
  const { stdout, status } = await probed(traits, ['--fresh'])
  expect(stdout).toContain(`tier  ${tier}`)
  expect(stdout).toMatch(step)
  expect(status).toBe(0)
})

const failures: [string, ServerTraits, number, RegExp, string[]?][] = [
  ['always breaks off', cut(Infinity, 'application/json'), 3, /MODEL_UNREACHABLE: .*broke off in the middle/],
  ['is busy for an hour', busy(Infinity, '3600'), 3, /MODEL_UNREACHABLE: .*asks to wait 3600 s: .*takes no more requests now/],
  [
    'knows the key as expired',
    always((response) => sendJson(response, { error: { message: 'Key sk-very-secret-key has expired' } }, 401)),
    3,
    /MODEL_REFUSED: .*wrong or expired.*Key \[key\] has expired/,
  ],
  [
    'replies with 5 MB',
    always((response) => sendJson(response, JSON.stringify({ choices: [{ text: 'x'.repeat(5e6) }] }))),
    3,
    /MODEL_REPLY_INVALID: .*larger than/,
  ],
  [
    'replies with NaN',
    always((response) => sendJson(response, '{"choices": [{"text": "a", "logprobs": {"tokens": ["a"], "token_logprobs": [NaN]}}]}')),
    3,
    /MODEL_REPLY_INVALID: .*not JSON: it holds NaN/,
  ],
  [
    'replies with a page',
    always((response) => response.end('<html>Welcome</html>')),
    3,
    /MODEL_REPLY_INVALID: .*not JSON: it begins "<html>/,
  ],
  ['is not to be asked at all', {}, 6, /BUDGET_SPENT: .*0 calls/, ['--budget', '0calls']],
  ['has no known price', {}, 2, /SPEND_UNKNOWN: .*needs the price/, ['--budget', '1usd']],
  ['runs into the budget', {}, 6, /BUDGET_SPENT/, ['--budget', '3calls']],
]
test.for(failures)('a server that %s', async ([, traits, exitCode, said, more = []]) => {
  const { stdout, stderr, status } = await probed(traits, ['--fresh', ...more])
  expect(stderr).toMatch(said)
  expect(stderr).not.toContain('sk-very-secret-key')
  expect({ status, stdout }).toEqual({ status: exitCode, stdout: '' })
})

test('what is wrong with an address is told apart', async () => {
  const server = await aModelServer(probeCorpus)
  onTestFinished(server.close)
  expect(await asked(`${server.url.replace('http:', 'https:')}#m`)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('the secure connection failed'),
  })
  expect(await asked('http://127.0.0.1:6667/v1#m')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('no client may use this port'),
  })
  expect(await asked('http://no-such-host.invalid/v1#m')).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/no such host|cannot be looked up/),
  })
  expect(await asked(`${server.url}/elsewhere#m`)).toMatchObject({ status: 3, stderr: expect.stringContaining('no such model or path') })
})
