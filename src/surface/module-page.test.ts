import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import picocolors from 'picocolors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builder, generated, request } from '../../test/support/chain-run.ts'
import { type RecordedRun, readRun, Store } from '../index.ts'
import { renderModules } from './cli/module-tree.ts'
import { lineageOf } from './lineage.ts'
import { modulePage } from './module-page.ts'

const hostile = '</title><script>alert(1)</script><img src=x onerror=alert(1)>"\'&\u202e'
let folder: string
let run: RecordedRun

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-modules-'))
  const store = Store.open(folder)
  try {
    const recorder = store.begin({ title: 't', versions: {} })
    const asked = { ...request, instruction: `${hostile}\n\n${request.instruction}` }
    await generated(builder, { asked, record: (kind, record) => void recorder.add(kind, record) })
    recorder.end({ stop: 'finished' })
    run = readRun(store, recorder.id)
  } finally {
    store.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('from the record of a run one walks back from the best program to the modules, their clusters, the programs and the prompts', () => {
  const lineage = lineageOf(run)
  expect(lineage).toMatchObject({ id: 'sample-4', round: 2, plan: ['next_of(x)', 'twice(x)', 'f(x)'] })
  const used = lineage!.parts.filter(({ how }) => how === 'reused')
  expect(used.map(({ name, from }) => [name, from?.round, from?.parts])).toEqual(expect.arrayContaining([['next_of', 1, []], ['twice', 1, []]]))
  expect(run.prompts.length).toBeGreaterThanOrEqual(3)
})

test('the tree names each step', () => {
  const tree = renderModules(run, picocolors.createColors(false))
  expect(tree).toMatch(/^sample-4\n├─ written in round 2, asked with sha256:\w{10}\n├─ planned: next_of\(x\), twice\(x\), f\(x\)\n/)
  expect(tree).toMatch(/reused twice sha256:\w{10} {2}stands for cluster \d, \d sub-modules?; its program passes \d of 3 tests, nothing found in it\n[│ ]+└─ from sample-\d\n[│ ]+├─ written in round 1/)
  expect(tree).toContain('round 2: 3 programs')
})

test('the page stands alone, draws each module once, and escapes what is hostile', () => {
  const page = modulePage(run)
  expect(page).not.toMatch(/<script|<img|https?:|\u202e|src=x onerror=alert\(1\)>/)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toContain("default-src 'none'")
  expect(page.match(/<g class="module">/g)).toHaveLength(run.clusterings.reduce((sum, { modules }) => sum + modules.length, 0))
  expect(page.match(/class="point standing"/g)).toHaveLength(run.representatives.length)
  expect(page).toContain('prefers-color-scheme: dark')
})
