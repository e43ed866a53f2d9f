import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from '../../../test/support/command-line.ts'
import { ListedStrategy } from '../../records/strategy.ts'

let place: Workplace

beforeAll(() => {
  place = new Workplace()
  place.write('task.md', 'Double a number.\n\ndouble(2) == 4\n')
  place.write('a/right.js', 'function double(n) {\n  return n * 2\n}\n')
  place.write('a/wrong.js', 'function double(n) { return n + 3 }\n')
})

afterAll(() => place.remove())

test('they are listed with what each would cost, and one is printed whole', async () => {
  const [text, json, one] = await Promise.all([['strategies'], ['strategies', '-n', '4', '--json'], ['strategies', 'direct']].map((line) => place.run(line)))
  expect(text).toMatchObject({ status: 0, stdout: expect.stringMatching(/^strategy +calls +tokens\nhybrid +\d+ - \d+ .*\n[^]*\ndirect +1 +0\.9k /) })
  const listed = (JSON.parse(json!.stdout) as unknown[]).map((item) => ListedStrategy.parse(item))
  expect(listed.find(({ name }) => name === 'best-of-n')?.cost.calls).toEqual({ least: 5, most: 5 })
  place.write('copied.json', one!.stdout.replace('"direct"', '"copied"'))
  const copied = await place.run(['strategies', './copied.json'])
  expect(copied.stdout).toBe(one!.stdout.replace('"direct"', '"copied"'))
})

test('a run with a strategy of your own replays when its file is gone', async () => {
  const path = place.write('mine.json', '{"extends": "hybrid", "evidence": {"agreement": "none"}}')
  const ran = await place.run(['select', '--task', 'task.md', '--entry', 'double', '--strategy', `./${path}`, '--json', 'a'])
  expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('"strategy": "mine"') })
  rmSync(join(place.folder, path))
  expect(await place.run(['replay', 'latest', '--json'])).toMatchObject({ status: 0, stdout: expect.stringContaining('"same": true') })
  expect((await place.run(['show', 'latest'])).stdout).toContain('mine, seed 1')
})

test('a strategy with a word of its own refuses the flag that says otherwise', async () => {
  const refused = await place.run(['generate', 'add', '--strategy', 'direct', '-n', '3', '--model', 'embedded'])
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('--samples: the strategy direct has a word of its own on generate.samples (0)') })
})
