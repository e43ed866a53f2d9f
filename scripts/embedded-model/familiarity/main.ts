// Says how familiar an instruction must be to the embedded model, and pins its weights: `node scripts/embedded-model/familiarity/main.ts CORPUS_FOLDER`.
// Reads models/embedded.gguf and the tasks that the corpus holds out (tasks-train.jsonl: known frames and phrases with names and programs never seen;
// tasks-held-out.jsonl: frames and phrases never seen either), scores each instruction by the model itself, and writes models/embedded.json and
// src/model/embedded-weights.ts.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Ledger } from '../../../src/budget/ledger.ts'
import { openLlama } from '../../../src/model/llama.ts'
import { digestFile } from '../../../src/model/llama-runtime.ts'
import { likelihoodOf } from '../../../src/pipeline/familiar.ts'
import { type Language, Language as AnyLanguage } from '../../../src/records/language.ts'
import { strange } from './strange.ts'

const languages = ['python', 'typescript'] as const

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('say where the corpus lies')
const root = resolve(import.meta.dirname, '../../..')
const path = join(root, 'models/embedded.gguf')
const Asked = z.object({ language: AnyLanguage, instruction: z.string() })
type Asked = z.infer<typeof Asked>

const model = await openLlama({ path })
const budget = new Ledger({}, { prices: [] })
const sets = {
  familiar: readTasks('tasks-train.jsonl'),
  'held-out': readTasks('tasks-held-out.jsonl'),
  strange: strange.flatMap((instruction) => languages.map((language) => ({ language, instruction }))),
}
const means = { familiar: await meansOf(sets.familiar), 'held-out': await meansOf(sets['held-out']), strange: await meansOf(sets.strange) }
await model.close()

const least = Object.fromEntries(languages.map((language) => [language, rounded(boundBetween(means['held-out'][language], means.strange[language]))]))
const weights = await digestFile(path)
const card = { weights, least, quantiles: Object.fromEntries(Object.entries(means).map(([name, byLanguage]) => [name, quantilesOf(byLanguage)])) }
writeFileSync(join(root, 'models/embedded.json'), `${JSON.stringify(card, null, 2)}\n`)
const pin = join(root, 'src/model/embedded-weights.ts')
writeFileSync(pin, readFileSync(pin, 'utf8').replace(/sha256:[0-9a-f]{64}/, weights))
for (const language of languages) {
  const bound = least[language]!
  const share = (values: readonly number[]) => `${(taken(values, bound) * 100).toFixed(1)} %`
  console.log(`${language}: at least ${bound} a character; taken: familiar ${share(means.familiar[language])}, held out ${share(means['held-out'][language])}, strange ${share(means.strange[language])}`)
}

/** The bound at which most are told right. To turn away a task that is known is twice as bad as to try one that is not: tests will tell. */
function boundBetween(known: readonly number[], strangers: readonly number[]): number {
  const worth = (bound: number) => 2 * taken(known, bound) - taken(strangers, bound)
  return known.toSorted((one, other) => one - other).reduce((best, bound) => (worth(bound) > worth(best) ? bound : best))
}

function taken(values: readonly number[], bound: number): number {
  return values.filter((value) => value >= bound).length / values.length
}

function readTasks(name: string): Asked[] {
  // countersign-ignore javascript/path-traversal: the two names are written in this file
  return readFileSync(join(folder!, name), 'utf8').trimEnd().split('\n').map((line) => Asked.parse(JSON.parse(line)))
}

async function meansOf(tasks: readonly Asked[]): Promise<Record<(typeof languages)[number], number[]>> {
  const means = { python: [] as number[], typescript: [] as number[] }
  for (const { language, instruction } of tasks) {
    const { perCharacter } = await likelihoodOf({ language, instruction }, { coder: model, call: { budget } })
    if (perCharacter === undefined || !isOurs(language)) throw new Error(`there is no value for: ${instruction}`)
    means[language].push(perCharacter)
  }
  return means
}

function isOurs(language: Language): language is (typeof languages)[number] {
  return language !== 'javascript'
}

function quantilesOf(byLanguage: Record<string, number[]>): object {
  const shares = [0.01, 0.02, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
  return Object.fromEntries(Object.entries(byLanguage).map(([language, values]) => [language, { count: values.length, ...Object.fromEntries(shares.map((share) => [String(share), rounded(quantile(values, share))])) }]))
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NEGATIVE_INFINITY
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
