import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundleGuest } from './guest-bundle.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-bundle-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function bundle(modules: Record<string, string>): string {
  for (const [name, source] of Object.entries(modules)) writeFileSync(join(folder, name), source)
  const path = join(folder, 'bundle.cjs')
  writeFileSync(path, bundleGuest(folder, 'main.mjs'))
  return execFileSync(process.execPath, [path], { encoding: 'utf8' })
}

test('modules find what they import, each once', () => {
  const printed = bundle({
    'main.mjs': "import { one, two as deux } from './a.mjs'\nimport * as b from './b.mjs'\nconsole.log(one, deux(), b.three, new b.Four().x)",
    'a.mjs': "import { three } from './b.mjs'\nconst hidden = three - 2\nexport const one = hidden\nexport function two() { return one + hidden }",
    'b.mjs': "console.log('once')\nexport const three = 3\nclass Fourth { x = 4 }\nexport { Fourth as Four }",
  })
  expect(printed).toBe('once\n1 2 3 4\n')
})

test.each([
  'import x from "./a.mjs"',
  "import './a.mjs'",
  "import fs from 'node:fs'",
  "import {\n  a } from './a.mjs'\nexport default a",
  'export let x = 1',
])('a form that it does not know is refused: %s', (source) => {
  writeFileSync(join(folder, 'a.mjs'), 'export const a = 1')
  expect(() => bundle({ 'main.mjs': source })).toThrow('cannot be bundled')
})

test("our own guest's modules are all of the forms that it knows", () => {
  const script = bundleGuest(fileURLToPath(new URL('guest', import.meta.url)), 'javascript.mjs')
  expect(script).not.toMatch(/^(?:import|export)\b/m)
  expect(script.match(/^modules\['/gm)).toHaveLength(7)
})
