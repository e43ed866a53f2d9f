// What `generate` costs beside the model and the sandbox: `node bench/generate/main.ts [CANDIDATES]`, on an idle machine. From its start to the first
// program run, less the time in which a model writes: it takes the same for each answer, all programs side by side and then all tests. Grammars are
// loaded before: the command line does that while the sandbox proves itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaults, generate, Ledger, listPrices, loadSyntax, recordModel, redactModel, Store } from '../../src/index.ts'
import { scripted } from '../../src/testing.ts'
import { textsOf } from '../../src/records/prompt.ts'
import { scriptedSandbox } from '../../test/support/scripted-sandbox.ts'

const candidates = Number(process.argv[2] ?? 20)
const task = { id: 'bench', language: 'python' as const, instruction: 'Write `slug(title: str)` that makes a title fit for an address. slug("A b") == "a-b"', entryPoint: 'slug' }

/** A program of some forty lines that is another one each time. */
function program(index: number): string {
  const steps = Array.from({ length: 10 }, (_, step) => `    if title.startswith("${index}-${step}"):\n        title = title[${step + 1}:].strip()\n        parts.append(title)`)
  return `Here it is:\n\n\`\`\`python\nimport re\n\ndef slug(title: str) -> str:\n    """Makes a title fit for an address."""\n    parts = []\n${steps.join('\n')}\n    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))\n\`\`\`\n`
}

const model = scripted({
  reply: (prompt, { index }) => (textsOf(prompt).join('').includes('Someone else writes') ? '```python\nassert slug("a") == "a"\nassert slug("") == ""\n```' : program(index)),
})

interface Cost {
  cpuMs: number
  wallMs: number
}

const answerMs = 300
const rounds = 2
const slow: typeof model = {
  ...model,
  async sample(prompt, call) {
    await sleep(answerMs)
    return await model.sample(prompt, call)
  },
}

async function once(): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const store = Store.open(folder)
  try {
    const run = store.begin({ title: 'bench', versions: {} })
    const began = { cpu: process.cpuUsage(), ms: performance.now() }
    let cost: Cost | undefined
    const sandbox = scriptedSandbox(() => {
      const { user, system } = process.cpuUsage(began.cpu)
      cost ??= { cpuMs: Math.round((user + system) / 1000), wallMs: Math.round(performance.now() - began.ms) - rounds * answerMs }
      return {}
    })
    const coder = redactModel(recordModel(slow, (exchange) => run.add('exchange', exchange)))
    await generate(task, {
      sandbox,
      configuration: { ...defaults, generate: { ...defaults.generate, samples: candidates - 1, adaptive: false } },
      models: { coder, budget: new Ledger({}, { prices: listPrices }) },
      record: (kind, record) => run.add(kind, record),
    })
    if (cost === undefined) throw new Error('no program was run')
    return cost
  } finally {
    store.close()
    rmSync(folder, { recursive: true })
  }
}

const limitMs = 300
await loadSyntax()
const [cold, ...warm] = [await once(), await once(), await once(), await once(), await once()]
const within = [cold, ...warm].every(({ wallMs }) => wallMs <= limitMs)
console.log(JSON.stringify({ candidates, cold, warm, limitMs, within }, null, 2))
if (!within) process.exitCode = 1
