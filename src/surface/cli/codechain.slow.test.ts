import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { aChatServer, type Question } from '../../../test/support/chat-server.ts'
import { builder, firstRound } from '../../../test/support/chain-run.ts'
import { Workplace } from '../../../test/support/command-line.ts'
import { Ablation } from '../../records/ablation.ts'
import { KeptModule } from '../../records/kept-module.ts'
import { RecordedRun } from '../../store/recorded-run.ts'
import type { Lineage } from '../lineage.ts'

let place: Workplace
beforeAll(() => {
  place = new Workplace()
})
afterAll(() => place.remove())

const task = 'Write `f(x: int)` that adds one to x and doubles that.\n\nf(1) == 4\nf(2) == 6\nf(0) == 2'
const asked = ['generate', task, '-n', '3', '--strategy', 'codechain', '--set', 'generate.tests=0']

/** The first round's programs in their order; then what can be made of the parts that are shown. */
function writer({ text, index }: Question): string {
  if (!text.includes('Write a Python program')) return 'I cannot say.'
  if (!text.includes('outline')) return firstRound[0]!
  return text.includes('These parts come from') ? builder(99, text) : firstRound[index % 3 + 1]!
}

async function served(): Promise<string> {
  const server = await aChatServer(writer)
  onTestFinished(server.close)
  return `${server.url}#m`
}

test('a run in rounds is told, kept, computed again, and shown as a tree and as a page', async () => {
  const { stdout, stderr, status } = await place.run([...asked, '--model', await served()])
  expect({ stdout, status }).toEqual({ stdout: expect.stringContaining('return twice(next_of(x))'), status: 0 })
  expect(stderr).toMatch(/^round 2: \d+ sub-modules, \d+ that differ, in \d clusters?; offered: .*next_of/m)
  expect(stderr).toMatch(/^round 2: 3 programs, \d sub-modules offered, gained\n/m)
  expect(stderr).toMatch(/^models used \d+ \+ \d+ tokens in \d+ calls\n/m)
  const replayed = await place.run(['replay', 'latest', '--re-execute', '--json'])
  expect(JSON.parse(replayed.stdout)).toMatchObject({ same: true, reExecuted: { sameChoice: true, differences: [] } })
  expect((await place.run(['show', 'latest', '--modules'])).stdout).toMatch(/reused next_of sha256:\w{10} {2}stands for cluster/)
  expect(JSON.parse((await place.run(['show', 'latest', '--modules', '--json'])).stdout) as Lineage).toMatchObject({ round: 2 })
  expect((await place.run(['show', 'latest', '--html'])).stdout).toMatch(/^<!doctype html>[^]*<circle/)
  const run = RecordedRun.parse(JSON.parse((await place.run(['show', 'latest', '--json'])).stdout))
  expect(run.verdict?.spent?.inputTokens).toBe(run.spend?.inputTokens)
})

test('as many clusters as have the best silhouette, in a run of the command line', async () => {
  const { status, stderr } = await place.run([...asked, '--set', 'codechain.clusters=silhouette', '--model', await served()])
  expect(status).toBe(0)
  expect(stderr).toMatch(/^round 2: \d+ sub-modules, \d+ that differ, in \d clusters?; offered: /m)
  const run = RecordedRun.parse(JSON.parse((await place.run(['show', 'latest', '--json'])).stdout))
  expect(run.configuration?.codechain.clusters).toBe('silhouette')
  const [{ clusters, modules } = { clusters: [], modules: [] }] = run.clusterings
  expect(clusters.length).toBeGreaterThan(0)
  expect(clusters.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(modules.map((_, position) => position))
  expect(await place.run(['replay', 'latest', '--json'])).toMatchObject({ status: 0, stdout: expect.stringContaining('"same": true') })
})

test('an ablation starts from one first round, keeps three runs and puts them side by side', async () => {
  const model = await served()
  const { stdout, status } = await place.run([...asked, '--ablate', '--model', model])
  expect(status).toBe(0)
  expect(stdout).toMatch(/^representatives +clustered +random +none\n/)
  expect(stdout).toMatch(/^its tests +3\/3 +\d\/3 +0\/3\n/m)
  const { variants } = Ablation.parse(JSON.parse((await place.run([...asked, '--ablate', '--json', '--quiet', '--model', model])).stdout))
  expect(new Set(variants.map(({ run }) => run)).size).toBe(3)
  expect(variants.map(({ representatives }) => representatives)).toEqual(['clustered', 'random', 'none'])
  expect((await place.run(['runs'])).stdout).toMatch(new RegExp(`^${variants[0]!.run}`))
  const directs = variants.map(({ verdict }) => verdict.ranking.find(({ ids }) => ids.includes('direct'))?.candidate)
  expect(new Set(directs).size).toBe(1)
  expect(await place.run(['generate', task, '--ablate', '--strategy', 'hybrid', '--model', model])).toMatchObject({ status: 2, stderr: expect.stringContaining('add --strategy codechain') })
})

test('what passed is kept, listed, shown, exported and forgotten', async () => {
  await place.run([...asked, '--model', await served()])
  expect((await place.run(['modules', 'list'])).stdout).toMatch(/^[0-9a-f]{12} {2}python {2}next_of +0 uses {2}3\/3 tests {2}Write `f\(x: int\)`/m)
  expect(await place.run(['modules', 'show', 'twice'])).toMatchObject({ status: 0, stdout: 'def twice(x):\n    return x * 2\n' })
  const exported = (await place.run(['modules', 'export'])).stdout.trim().split('\n').map((line) => KeptModule.parse(JSON.parse(line)))
  expect(exported.map(({ name }) => name)).toEqual(['next_of', 'twice'])
  expect((await place.run(['modules', 'remove', exported[0]!.digest.slice(7, 15)])).stderr).toMatch(/^forgotten {2}next_of/)
  expect((await place.run(['modules', 'list', '--json'])).stdout).not.toContain('next_of')
  expect(await place.run(['modules', 'show', 'twyce'])).toMatchObject({ status: 2, stderr: expect.stringContaining('did you mean twice?') })
})
