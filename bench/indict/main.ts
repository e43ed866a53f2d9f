// Measures critics and revisions: `main.ts [--model=FILE.gguf --tasks=FILE.jsonl [--count=N] [--why]]`. Without a model only what a dialogue costs beside the
// model and the sandbox, and a search of the corpus. `--tasks` is `test/fixtures/indict-familiar.jsonl` or what `scripts/embedded-model/corpus/main.ts` writes.
import { resolve } from 'node:path'
import { discuss, Knowledge, loadSyntax, openModel, openSandbox, rulesById, scan } from '../../src/index.ts'
import { scripted } from '../../src/testing.ts'
import { aBudget } from '../../test/support/budget.ts'
import { familiarTasks, revise } from '../../test/support/familiar-tasks.ts'
import { digestRecord } from '../../src/records/digest.ts'

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

await loadSyntax()
searches()
await dialogues()
const [model, tasks] = [option('model'), option('tasks') ?? resolve(import.meta.dirname, '../../test/fixtures/indict-familiar.jsonl')]
if (model !== undefined) await revisions(model, tasks)

/** The first search builds the corpus. */
function searches(): void {
  const started = performance.now()
  const knowledge = new Knowledge({ rules: [...rulesById().values()] })
  knowledge.search('start')
  console.log(`corpus built and searched first in ${(performance.now() - started).toFixed(1)} ms`)
  const questions = ['CWE-89', 'how do I start a program without a shell', 'password hashing rounds salt', 'path traversal resolve folder inside', 'xml entities', 'token generator']
  const times = Array.from({ length: 300 }, (_, at) => timed(() => knowledge.search(questions[at % questions.length]!))).sort((a, b) => a - b)
  console.log(`search: median ${times[150]!.toFixed(2)} ms, slowest of 300 ${times.at(-1)!.toFixed(2)} ms (at most 5)`)
}

/** A model that answers at once leaves what is ours. */
async function dialogues(): Promise<void> {
  const code = `import sqlite3\n\n\ndef find(db, name):\n    return db.execute("SELECT * FROM t WHERE n = '" + name + "'")\n${Array.from({ length: 200 }, (_, at) => `\n\ndef f${at}(x):\n    return x + ${at}\n`).join('')}`
  const { findings } = await scan([{ path: 'main.py', content: code }])
  const exhibits = findings.map(({ rule, span }, at) => ({ id: `F${at + 1}`, kind: 'finding' as const, text: rule, cwe: 89, line: span.line, supports: true }))
  const critic = scripted({ reply: (_, { sampling }) => `CLAIM weakness CWE-89 line ${(sampling.seed ?? 0) + 5} [F1]: a statement is put together` })
  const spoken = { task: { instruction: 'Write find(db, name).', language: 'python' as const }, files: [{ path: 'main.py', content: code }], stage: 'pre-emptive' as const, exhibits, past: [], seed: 1 }
  const options = { roles: { safety: [critic], helpfulness: [critic], summariser: [critic] }, candidate: digestRecord(code), round: 1, mostTurns: 4, budget: aBudget(), maxTokens: 500, temperature: 0, seed: 1, timeoutMs: 10_000, tools: [], mostCalls: 0, toolTimeoutMs: 1000 }
  await discuss(spoken, options)
  const times: number[] = []
  for (let run = 0; run < 50; run += 1) {
    const started = performance.now()
    const { turns } = await discuss(spoken, options)
    times.push((performance.now() - started) / turns.length)
  }
  times.sort((a, b) => a - b)
  console.log(`dialogue about ${code.length} characters: median ${times[25]!.toFixed(2)} ms a turn, slowest ${times.at(-1)!.toFixed(2)} ms (at most 50)`)
}

async function revisions(path: string, file: string): Promise<void> {
  const opened = await openModel({ driver: 'llama', path }, {})
  const sandbox = await openSandbox({ driver: 'auto' })
  let [attacked, secured, lost] = [0, 0, 0]
  for (const task of familiarTasks(file).slice(0, Number(option('count') ?? Infinity))) {
    const { before, after, repairs } = await revise(task, { model: opened, sandbox })
    if (before.attacks > 0) attacked += 1
    if (before.attacks > 0 && after.attacks === 0) secured += 1
    if (after.tests > before.tests) lost += 1
    console.log(`${task.id} (${task.finding}): ${before.attacks} attacks before, ${after.attacks} after; ${repairs.filter(({ fate }) => fate === 'accepted').length} of ${repairs.length} revisions accepted`)
    if (process.argv.includes('--why')) for (const { objections } of repairs) console.log(`    ${objections.map(({ check, detail }) => `${check}: ${detail.slice(0, 120)}`).join('; ') || 'accepted'}`)
  }
  console.log(`made secure: ${secured} of ${attacked} (at least 80 %); programs that lost a test: ${lost}`)
  await opened.close()
  await sandbox.close()
}

function timed(work: () => unknown): number {
  const started = performance.now()
  work()
  return performance.now() - started
}
