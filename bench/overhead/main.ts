// What a whole run of `generate` costs beside the model: `node bench/overhead/main.ts [CANDIDATES] [LINES]`, on an idle machine. From the task to the
// verdict, with programs read, run in the real sandbox, compared and recorded; the model answers at once. The first run, which proves the sandbox and loads the
// grammars, is told apart: a sandbox that is warm has done so.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaults, generate, Ledger, listPrices, loadSyntax, openSandbox, recordModel, redactModel, Store } from '../../src/index.ts'
import { textsOf } from '../../src/records/prompt.ts'
import { scripted } from '../../src/testing.ts'

const candidates = Number(process.argv[2] ?? 10)
const lines = Number(process.argv[3] ?? 100)
const limitMs = 1500
const task = { id: 'bench', language: 'python' as const, instruction: 'Write `total(values: list[int])` that adds up values. total([1, 2]) == 3', entryPoint: 'total' }

// What no two programs have alike, and nothing that compresses well: else they would be taken for repetition.
function program(index: number): string {
  let state = 7919 * (index + 1)
  const number = () => (state = (state * 48_271) % 2_147_483_647)
  const name = () => `v${number().toString(36)}`
  const steps = Array.from({ length: Math.floor((lines - 8) / 3) }, () => {
    const [first, second] = [name(), name()]
    return `    ${first} = ${number()} if len(values) > ${number()} else ${number()}\n    ${second} = [item ^ ${first} for item in values if item > ${number()}]\n    ${name()} = sum(${second}) % ${number()}`
  })
  return `\`\`\`python\ndef total(values):\n    """Adds up."""\n    result = 0\n${steps.join('\n')}\n    for value in values:\n        result += value\n    return result${index % 3 === 2 ? ' + len(values) // 3' : ''}\n\`\`\``
}

const model = scripted({
  reply: (prompt, { index }) => (textsOf(prompt).join('').includes('Someone else writes') ? '```python\nassert total([]) == 0\nassert total([4]) == 4\n```' : program(index)),
})

await loadSyntax()
const sandbox = await openSandbox({ driver: defaults.sandbox.driver })

async function once(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const store = Store.open(folder)
  try {
    const run = store.begin({ title: 'bench', versions: {} })
    const began = performance.now()
    const verdict = await generate(task, {
      sandbox,
      // Everything is drawn: what adaptive sampling spares is not to be counted.
      configuration: { ...defaults, generate: { ...defaults.generate, samples: candidates - 1, adaptive: false } },
      models: { coder: redactModel(recordModel(model, (exchange) => run.add('exchange', exchange))), budget: new Ledger({}, { prices: listPrices }) },
      record: (kind, record) => run.add(kind, record),
    })
    if (verdict.choice.kind !== 'chosen') throw new Error(`nothing was chosen: ${verdict.choice.detail}`)
    return Math.round(performance.now() - began)
  } finally {
    store.close()
    rmSync(folder, { recursive: true })
  }
}

try {
  const [cold, ...warm] = [await once(), await once(), await once(), await once()]
  const within = warm.every((ms) => ms <= limitMs)
  console.log(JSON.stringify({ candidates, lines, sandbox: sandbox.driver, cold, warm, limitMs, within }, null, 2))
  if (!within) process.exitCode = 1
} finally {
  await sandbox.close()
}
