// Measures sub-modules, and writes its part of docs/benchmarks.md: `main.ts [--data=FOLDER] [--evidence=FOLDER] [--vectors=FILE] [--write]`. `--evidence`
// holds POOL.json, the `Evidence` of each task of a pool: who behaves like whom; without it pass or fail stands in. `--vectors` keeps what was clustered
// (float64, a row each) for a comparison with another program.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { clusterVectors, type Embeddable, extractModules, Ledger, listPrices, loadSyntax, structural } from '../../src/index.ts'
import { lookedAt, meanOf } from './lead.ts'
import { byVectors, type Program, programsOf, qualityOf } from './quality.ts'
import { byTokenTriples } from './token-triples.ts'

const page = resolve(import.meta.dirname, '../../docs/benchmarks.md')
const begin = '<!-- modules: written by bench/module/main.ts -->'
const end = '<!-- end of modules -->'
const pools = ['humaneval-js-davinci002', 'humaneval-python-davinci002', 'humaneval-codegen16b']
const call = { budget: new Ledger({}, { prices: listPrices }) }

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
const data = option('data') ?? resolve(import.meta.dirname, '../../../shared/data')
const evidence = option('evidence')

const lines: string[] = [begin, '', '## Sub-modules', '']
const say = (...text: string[]) => {
  lines.push(...text)
  console.log(text.join('\n'))
}

async function embed(programs: readonly Embeddable[]): Promise<number[][]> {
  const embedded = await structural.embed(programs, call)
  if (embedded.kind === 'unavailable') throw new Error(embedded.reason)
  return embedded.vectors
}

/** One core's time, in milliseconds, of the fastest of three. */
async function cpuMs(work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage()
    await work()
    times.push(process.cpuUsage(before).user / 1000)
  }
  return Math.min(...times)
}

async function quality(measured: readonly { pool: string; tasks: Program[][] }[]): Promise<void> {
  say(
    `The structural encoder against token 3-grams (cosine of 1 + log of the count times rarity, not hashed), on distinct programs that parse, comments removed and the entry point masked.`,
    `Area under the curve: within a task, a pair ${evidence === undefined ? 'of which both pass' : 'with the same outcomes on the generated inputs'} is nearer than ${evidence === undefined ? 'one of which one passes' : 'one with other outcomes'}; the mean over tasks.`,
    'Differences with their standard errors; the last one is that of the half of the tasks that was not looked at when the encoder was changed last.',
    '',
    '| pool | programs | tasks | AUC | 3-grams | difference | in the other half | nearest of the same task | 3-grams |',
    '|---|---|---|---|---|---|---|---|---|',
  )
  for (const { pool, tasks } of measured) {
    const ours = qualityOf(tasks, byVectors(await embed(tasks.flat())))
    const plain = qualityOf(tasks, byTokenTriples(tasks.flat()))
    const leads = tasks.map((_, task) => (ours.areas[task] === undefined ? undefined : ours.areas[task] - plain.areas[task]!))
    const known = lookedAt(tasks.length)
    const [all, unseen] = [meanOf(leads), meanOf(leads.filter((_, task) => !known[task]))].map(({ mean, error }) => `${mean.toFixed(3)} ± ${error.toFixed(3)}`)
    const figures = [meanOf(ours.areas).mean.toFixed(3), meanOf(plain.areas).mean.toFixed(3), all, unseen, ours.neighbour.toFixed(3), plain.neighbour.toFixed(3)]
    say(`| ${pool} | ${tasks.flat().length} | ${meanOf(leads).count} | ${figures.join(' | ')} |`)
  }
  say('')
}

async function speed(programs: readonly Program[]): Promise<void> {
  const modules: Embeddable[] = []
  for (const { language, code } of programs) modules.push(...(await extractModules({ id: 'm', language, files: [{ path: 'main', content: code }] })).modules)
  const thousand = modules.filter((_, i) => i % Math.floor(modules.length / 1000) === 0).slice(0, 1000)
  const embedding = await cpuMs(async () => await embed(thousand))
  const vectors = await embed(Array.from({ length: 10_000 }, (_, i) => modules[i % modules.length]!))
  const file = option('vectors')
  if (file !== undefined) writeFileSync(file, new Float64Array(vectors.flat()))
  const clustering = await cpuMs(() => clusterVectors(vectors, { k: 5, seed: 1 }))
  const narrow = await cpuMs(() => clusterVectors(vectors.map((vector) => vector.slice(0, 384)), { k: 5, seed: 1 }))
  say(
    `${thousand.length} modules are embedded by their structure in ${embedding.toFixed(0)} ms of one core (at most 1,000 ms), parsing included; ${vectors.length} of their vectors (${vectors[0]!.length} dimensions) are put into five clusters in ${clustering.toFixed(0)} ms, and of their first 384 numbers in ${narrow.toFixed(0)} ms (at most 2,000 ms).`,
    `Inertia: ${[5, 20].map((k) => `${clusterVectors(vectors, { k, seed: 1 }).inertia.toFixed(1)} with k = ${k}`).join(', ')}.`,
    '',
  )
}

function write(): void {
  const text = readFileSync(page, 'utf8')
  const from = text.indexOf(begin)
  const before = from === -1 ? `${text}\n` : text.slice(0, from)
  const after = from === -1 ? '' : text.slice(text.indexOf(end) + end.length + 1)
  writeFileSync(page, `${before}${lines.join('\n')}\n${end}\n${after}`)
}

await loadSyntax()
const measured = pools.flatMap((pool) => {
  const tasks = programsOf(pool, { data, evidence })
  if (tasks === undefined) say(`${pool}: the data is absent, nothing was measured.`, '')
  return tasks === undefined ? [] : [{ pool, tasks }]
})
if (measured.length > 0) {
  await quality(measured)
  await speed(measured.flatMap(({ tasks }) => tasks.flat()))
}
say('`node bench/module/main.ts --write` measures this again.', '')
if (process.argv.includes('--write')) write()
