// Measures critics and revisions: `main.ts [--model=FILE.gguf --tasks=FILE.jsonl [--count=N] [--why]]`. Without a model only what a dialogue costs beside the
// model and the sandbox, and a search of the corpus. `--tasks` is `test/fixtures/indict-familiar.jsonl` or what `scripts/embedded-model/corpus/main.ts` writes.
import { resolve } from 'node:path'
import { discuss, Knowledge, loadSyntax, openModel, openSandbox, rulesById, scan } from '../../src/index.ts'
import { scripted } from '../../src/testing.ts'
import { aBudget } from '../../test/support/budget.ts'
import { familiarTasks, revise } from '../../test/support/familiar-tasks.ts'
import type { Tool } from '../../src/critique/tool.ts'
import type { Prompt } from '../../src/records/prompt.ts'
import { digestRecord } from '../../src/records/digest.ts'

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

await loadSyntax()
searches()
await dialogues()
const [model, tasks] = [option('model'), option('tasks') ?? resolve(import.meta.dirname, '../../test/fixtures/indict-familiar.jsonl')]
if (model !== undefined) await revisions(model, tasks)

/** CPU time of batches, since the clock of a thread is too coarse for one search. */
function searches(): void {
  const knowledge = new Knowledge({ rules: [...rulesById().values()] })
  const built = cpuOf(() => knowledge.build())
  const questions = ['CWE-89', 'how do I start a program without a shell', 'password hashing rounds salt', 'path traversal resolve folder inside', 'xml entities', 'token generator', 'is it safe to keep what a user sends in a file whose name the user chooses, and to read it again later']
  const each = 50
  const batches = Array.from({ length: 20 }, () => questions.map((question) => cpuOf(() => { for (let at = 0; at < each; at += 1) knowledge.search(question) }) / each)).flat()
  console.log(`corpus built in ${built.toFixed(1)} ms of CPU time`)
  console.log(`search: ${spread(batches)} of CPU time in batches of ${each} (at most 5)`)
}

function claim(seed: number): string {
  return `CLAIM weakness CWE-89 line ${seed + 5} [F1]: a statement is put together`
}

function asksFirst(prompt: Prompt): boolean {
  return prompt.kind === 'chat' && prompt.tools !== undefined && prompt.messages.length < 4
}

/** A model that answers at once, and a tool that gives at once, leave what is ours. */
async function dialogues(): Promise<void> {
  const code = `import sqlite3\n\n\ndef find(db, name):\n    return db.execute("SELECT * FROM t WHERE n = '" + name + "'")\n${Array.from({ length: 200 }, (_, at) => `\n\ndef f${at}(x):\n    return x + ${at}\n`).join('')}`
  const { findings } = await scan([{ path: 'main.py', content: code }])
  const exhibits = findings.map(({ rule, span }, at) => ({ id: `F${at + 1}`, kind: 'finding' as const, text: rule, cwe: 89, line: span.line, supports: true }))
  const critic = scripted({ takesTools: true, reply: (prompt, { sampling }) => (asksFirst(prompt) ? { text: '', toolUses: [{ id: 'a', name: 'knowledge', arguments: '{"query": "SQL"}' }] } : claim(sampling.seed ?? 0)) })
  const spoken = { task: { instruction: 'Write find(db, name).', language: 'python' as const }, files: [{ path: 'main.py', content: code }], stage: 'pre-emptive' as const, exhibits, past: [], seed: 1 }
  const tool: Tool = { name: 'knowledge', purpose: 'words', input: { name: 'query', description: 'words' }, use: async () => ({ text: 'a passage of some words. '.repeat(100), exhibits: [] }) }
  const options = { roles: { safety: [critic], helpfulness: [critic], summariser: [critic] }, candidate: digestRecord(code), round: 1, mostTurns: 4, budget: aBudget(), maxTokens: 500, temperature: 0, seed: 1, timeoutMs: 10_000, tools: [tool], mostCalls: 2, toolTimeoutMs: 1000 }
  for (let run = 0; run < 20; run += 1) await discuss(spoken, options)
  const times: number[] = []
  for (let batch = 0; batch < 20; batch += 1) {
    let turns = 0
    const began = process.cpuUsage()
    for (let run = 0; run < 10; run += 1) turns += (await discuss(spoken, options)).turns.length
    times.push(cpuSince(began) / turns)
  }
  console.log(`dialogue about ${code.length} characters, with tools: ${spread(times)} of CPU time a turn, in batches of 10 dialogues (at most 50)`)
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

function cpuOf(work: () => void): number {
  const began = process.cpuUsage()
  work()
  return cpuSince(began)
}

/** All of the process, so that its collector of garbage counts too. */
function cpuSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}

function spread(times: readonly number[]): string {
  const ordered = times.toSorted((a, b) => a - b)
  const at = (share: number) => (ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? NaN).toFixed(2)
  return `median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms`
}
