import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { Workplace, ended } from '../../../test/support/command-line.ts'
import { aModelServer } from '../../../test/support/model-server.ts'
import { probeCorpus } from '../../../test/support/probe-behaviors.ts'
import { Capability } from '../../records/capability.ts'

let place: Workplace
beforeAll(() => {
  place = new Workplace()
})
afterAll(() => place.remove())

test('probe says the tier and each step, keeps it, and asks again when the version is another', async () => {
  const traits = { version: '1.0' }
  const server = await aModelServer(probeCorpus, traits)
  onTestFinished(server.close)
  const first = await place.run(['probe', `${server.url}#bigram`])
  expect(first).toMatchObject({ status: 0, stderr: expect.stringMatching(/^9 calls, \d+ tokens read and \d+ written, price not known\n$/) })
  expect(first.stdout).toContain('tier  exact by echo  it scores any text')
  expect(first.stdout.match(/^ok +echo /gm)).toHaveLength(4)
  const asked = server.asked.length
  const again = await place.run(['probe', '--json'], { environment: { COUNTERSIGN_MODEL: `${server.url}#bigram` } })
  expect(again.stderr).toContain('known from an earlier probe')
  expect(Capability.parse(JSON.parse(again.stdout))).toMatchObject({ tier: 'exact', scorer: 'echo', versions: { version: '1.0' } })
  expect(server.asked.slice(asked).filter(({ path }) => path === '/v1/completions')).toEqual([])
  traits.version = '1.1'
  expect((await place.run(['probe', `${server.url}#bigram`, '--quiet'])).stdout).toContain('version 1.1')
  expect(server.asked.filter(({ path }) => path === '/v1/completions')).toHaveLength(2 * 9)
})

test('a model that cannot be asked is exit code 3, and a name that cannot be read 2', async () => {
  const [unreachable, unread, absent] = await Promise.all(
    ['http://127.0.0.1:9999/v1#m', 'gpt-4.1', 'llama:absent.gguf'].map((model) => place.run(['probe', model])),
  )
  expect(unreachable).toMatchObject({
    status: 3,
    stdout: '',
    stderr: expect.stringMatching(/^countersign: MODEL_UNREACHABLE: .* nothing listens there/),
  })
  expect(unread).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining("cannot read the model 'gpt-4.1'") })
  expect(absent).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('there is no model file') })
})

test('Ctrl-C while the model answers ends the probe at once', async () => {
  const server = await aModelServer(probeCorpus, { intercept: ({ path }) => path === '/v1/completions' })
  onTestFinished(server.close)
  const child = place.start(['probe', `${server.url}#slow`])
  while (!server.asked.some(({ path }) => path === '/v1/completions')) await sleep(20)
  child.kill('SIGINT')
  expect(await ended(child)).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('INTERRUPTED') })
})
