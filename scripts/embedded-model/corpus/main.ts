// Makes the corpus that the embedded model is trained on: `node scripts/embedded-model/corpus/main.ts --out FOLDER [--documents 160000] [--seed 11] [--only FAMILY]`.
// Every program is run with its family's tests and exploits in the sandbox and read by the analyser first; what turns out to be something else than its
// grammar says is left out and told.
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadSyntax, openSandbox } from '../../../src/index.ts'
import { type Confirmed, Confirmer, type Refuted } from './confirm.ts'
import { Documents } from './documents.ts'
import { evaluationTasks } from './evaluation.ts'
import { families, heldOutFamilies } from './families/index.ts'
import { heldOutList } from './held-out.ts'
import type { CorpusLanguage } from './names.ts'
import { skeletonsOf } from './program.ts'
import { Random } from './random.ts'
import { shelvesOf } from './stock.ts'

const { values } = parseArgs({ options: { out: { type: 'string' }, documents: { type: 'string', default: '160000' }, seed: { type: 'string', default: '11' }, only: { type: 'string', multiple: true } } })
const out = values.out
if (out === undefined) throw new Error('say where to write with --out FOLDER')
mkdirSync(out, { recursive: true })

const confirmed = await confirmAll(join(out, 'seen.jsonl'))
const shown = confirmed.filter(({ family }) => !heldOutFamilies.has(family.name))
if (values.only === undefined) {
  writeFileSync(join(out, 'held-out.json'), `${JSON.stringify(heldOutList(families, heldOutFamilies, confirmed), null, 1)}\n`)
  for (const [split, seed] of [['train', 21], ['held-out', 22]] as const) {
    const tasks = evaluationTasks(shelvesOf(shown, 'held-out'), { split, count: 200, seed })
    writeFileSync(join(out, `tasks-${split}.jsonl`), tasks.map((task) => `${JSON.stringify(task)}\n`).join(''))
  }
  await loadSyntax()
  const made = new Documents(shelvesOf(shown, 'train'), new Random(Number(values.seed)))
  const file = createWriteStream(join(out, 'corpus.jsonl'))
  for (let count = 0; count < Number(values.documents); count += 1) {
    if (!file.write(`${JSON.stringify(made.next())}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

async function confirmAll(cache: string): Promise<Confirmed[]> {
  const sandbox = await openSandbox()
  try {
    const confirmer = new Confirmer(sandbox, cache)
    const programs: Confirmed[] = []
    for (const family of families.filter(({ name }) => values.only?.includes(name) ?? true)) {
      for (const language of ['python', 'typescript'] as const) {
        const all = await inParallel(skeletonsOf(family, language), async (skeleton) => await confirmer.confirm(skeleton))
        tell(family.name, language, all)
        programs.push(...all.filter((each): each is Confirmed => !('why' in each)))
      }
    }
    return programs
  } finally {
    await sandbox.close()
  }
}

/** In the order that was given, several at once. */
async function inParallel<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return results
}

function tell(name: string, language: CorpusLanguage, all: readonly (Confirmed | Refuted)[]): void {
  const count = (label: string) => all.filter((each) => !('why' in each) && each.label === label).length
  const refuted = all.filter((each): each is Refuted => 'why' in each)
  console.log(`${name} ${language}: ${count('sound')} sound, ${count('weak')} weak, ${count('wrong')} wrong, ${refuted.length} refuted`)
  const reasons = Map.groupBy(refuted, ({ label, why }) => `${label}: ${why}`)
  for (const [reason, [first, ...rest]] of reasons) {
    console.log(`  ${rest.length + 1} x ${reason}; for instance (${JSON.stringify(first?.derivation.flaws.map(({ part }) => part))}, ${JSON.stringify(first?.seen)}):`)
    if (values.only !== undefined) console.log(first?.derivation.text.replaceAll(/^/gm, '    '))
  }
}
