import { describe, expect, test } from 'vitest'
import { readPool } from '../src/benchmark/pool.ts'
import { extractModules } from '../src/index.ts'
import { loadSyntax, parse } from '../src/syntax/tree.ts'
import { sharedPool } from './support/shared-pool.ts'

// Every so many tasks: all of them were tried once (docs/benchmarks.md).
const step = 8

describe.each(['humaneval-js-davinci002', 'humaneval-python-davinci002', 'humaneval-codegen16b'])('recorded programs of %s', (name) => {
  const { path, skip } = sharedPool(name)
  test.skipIf(skip !== false)(`their modules are extracted and parse again${skip === false ? '' : ` (${skip})`}`, async () => {
    await loadSyntax()
    let modules = 0
    for (const { task, candidates } of readPool(path).tasks.filter((_, position) => position % step === 0)) {
      for (const [id, { code }] of candidates.entries()) {
        const candidate = { id: String(id), language: task.language, files: [{ path: 'main', content: code }] }
        const extraction = await extractModules(candidate)
        expect(extraction.unread).toEqual([])
        for (const module of extraction.modules) expect(parse(task.language, module.code)).toMatchObject({ kind: 'parsed', errors: 0 })
        modules += extraction.modules.length
      }
    }
    expect(modules).toBeGreaterThan(100)
  })
})
