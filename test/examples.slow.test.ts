import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const folder = resolve(import.meta.dirname, '../examples')
const examples = readdirSync(folder).filter((name) => name.endsWith('.ts'))

test.each(examples)('%s runs off line and asserts its own result', (name) => {
  expect(execFileSync(process.execPath, [join(folder, name)], { encoding: 'utf8' })).not.toBe('')
})
