import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from '../../../test/support/command-line.ts'

let place: Workplace

beforeAll(() => {
  place = new Workplace()
})

afterAll(() => place.remove())

test('what a baseline knows does not deny; what is new does; what is gone is told', async () => {
  place.write('src/a.py', 'import os\nos.system(input())\n')
  const scan = (...given: string[]) => place.run(['scan', 'src', '--fail-on', 'low', '--baseline', 'known.json', ...given])
  expect(await scan()).toMatchObject({ status: 2, stderr: expect.stringContaining('known.json cannot be read') })
  expect(await scan('--write-baseline')).toMatchObject({ status: 0, stderr: '1 findings written to known.json\n' })
  const written = readFileSync(join(place.folder, 'known.json'), 'utf8')
  expect(await scan()).toMatchObject({ status: 0, stdout: expect.stringContaining('1 known before, not reported again') })
  place.write('src/a.py', 'import os\n\nos.system(input())\neval(input())\n')
  expect(await scan()).toMatchObject({ status: 1, stdout: expect.stringContaining('src/a.py:4:1') })
  place.write('src/a.py', 'import os\n')
  expect(await scan()).toMatchObject({ status: 0, stdout: expect.stringContaining('1 entries of the baseline are found no more') })
  place.write('src/a.py', '#\n\nimport os\nos.system(input())\n')
  await scan('--write-baseline')
  expect(readFileSync(join(place.folder, 'known.json'), 'utf8')).toBe(written)
})

test('a known finding that became exploitable denies', async () => {
  place.write('src/a.py', 'import os\ndef f(command):\n    os.system(command)\n')
  await place.run(['scan', 'src', '--baseline', 'known.json', '--write-baseline'])
  place.write('src/a.py', 'import os\nfrom flask import request\ndef f(command):\n    command = request.args["x"]\n    os.system(command)\n')
  expect(await place.run(['scan', 'src', '--baseline', 'known.json'])).toMatchObject({ status: 1 })
})

test('a broken baseline is an error, never an empty one', async () => {
  place.write('src/a.py', 'import os\n')
  for (const [text, said] of [['{', 'is not JSON'], ['{"version": 2, "findings": []}', 'known.json is no baseline: version'], ['[]', 'is no baseline']] as const) {
    place.write('known.json', text)
    expect(await place.run(['scan', 'src', '--baseline', 'known.json'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(said) })
  }
  expect(await place.run(['scan', 'src', '--write-baseline'])).toMatchObject({ status: 2, stderr: expect.stringContaining('needs --baseline') })
})
