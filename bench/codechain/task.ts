import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exampleTest } from '../../scripts/embedded-model/corpus/checks.ts'
import { type Composite, composite, joined } from '../../scripts/embedded-model/corpus/compose.ts'
import { type Confirmed, Confirmer } from '../../scripts/embedded-model/corpus/confirm.ts'
import { families, heldOutFamilies } from '../../scripts/embedded-model/corpus/families/index.ts'
import type { Shape } from '../../scripts/embedded-model/corpus/family.ts'
import { type CorpusLanguage, fillNames, type Split } from '../../scripts/embedded-model/corpus/names.ts'
import { skeletonsOf } from '../../scripts/embedded-model/corpus/program.ts'
import { Random } from '../../scripts/embedded-model/corpus/random.ts'
import { type Shelf, shelvesOf } from '../../scripts/embedded-model/corpus/stock.ts'
import type { Sandbox } from '../../src/ports.ts'

/** A task of two or three functions; `tests` were computed by a program that is right, and the first of them is the user's. */
export interface CompositeTask {
  id: string
  language: CorpusLanguage
  instruction: string
  entryPoint: string
  functions: number
  tests: string[]
  exploits: string[]
}

const languages = ['python', 'typescript'] as const
const limits = { cpuMs: 4000, wallMs: 20_000, memoryBytes: 512 * 2 ** 20, outputBytes: 2 ** 20, processes: 16, fileBytes: 2 ** 24 }
// Fewer tell wrong programs from right ones too seldom.
const leastTests = 5
const mark = 'gives-7f3a'

interface MakeOptions {
  /** Where the corpus generator keeps what it has seen of its programs. */
  folder: string
  count: number
  seed: number
  split: Split
  sandbox: Sandbox
}

/** Tasks under names that training never saw, in both languages in turn. Their parts are programs that training never saw either. */
export async function compositeTasks({ count, seed, split, ...from }: MakeOptions): Promise<CompositeTask[]> {
  const shelves = await stages(from)
  const random = new Random(seed)
  const tasks: CompositeTask[] = []
  const asked = new Set<string>()
  for (let index = 0; tasks.length < count && index < 50 * count; index++) {
    const language = languages[tasks.length % languages.length]!
    const made = composite(shelves.filter((shelf) => shelf.language === language), { language, split, random, named: 'held-out', noisy: false })
    if (made === undefined || asked.has(made.entryPoint)) continue
    const tests = await testsOf(made, { language, sandbox: from.sandbox })
    if (tests.length < leastTests) continue
    asked.add(made.entryPoint)
    const { instruction, entryPoint, modules } = made
    tasks.push({ id: `${split}-${tasks.length + 1}-${language}`, language, instruction, entryPoint, functions: modules.length, tests, exploits: [] })
  }
  return tasks
}

async function stages({ folder, sandbox }: Pick<MakeOptions, 'folder' | 'sandbox'>): Promise<Shelf[]> {
  // What is seen for the first time is no part of the corpus that lies there.
  const own = mkdtempSync(join(tmpdir(), 'countersign-codechain-'))
  try {
    const cache = join(own, 'seen.jsonl')
    if (existsSync(join(folder, 'seen.jsonl'))) copyFileSync(join(folder, 'seen.jsonl'), cache)
    const confirmer = new Confirmer(sandbox, cache)
    const confirmed: Confirmed[] = []
    for (const family of families.filter(({ name, stage }) => stage !== undefined && !heldOutFamilies.has(name))) {
      for (const language of languages) {
        for (const skeleton of skeletonsOf(family, language)) {
          const seen = await confirmer.confirm(skeleton)
          if (!('why' in seen)) confirmed.push(seen)
        }
      }
    }
    return shelvesOf(confirmed, 'held-out')
  } finally {
    rmSync(own, { recursive: true })
  }
}

/** What the right program gives for everything that any task takes of this shape; what it gives for nothing is no test. */
async function testsOf(made: Composite, { language, sandbox }: { language: CorpusLanguage; sandbox: Sandbox }): Promise<string[]> {
  const inputs = inputsOf(made.takes)
  const calls = inputs.map((input) => exampleTest({ arguments: [input], result: 0 }, language).replace(language === 'python' ? / == 0$/ : /, 0\)$/, '').replace(/^(?:assert |nodeAssert\.deepEqual\()/, ''))
  const lines = calls.map((call, i) =>
    language === 'python' ? `try:\n    print('\\n${mark} ${i} ' + json.dumps(${call}))\nexcept Exception:\n    pass` : `try {\n  console.log('\\n${mark} ${i} ' + JSON.stringify(${call}))\n} catch {}`,
  )
  const code = fillNames(`${language === 'python' ? 'import json\n' : ''}${lines.join('\n')}\n`, { f: made.entryPoint })
  const file = { path: language === 'python' ? 'program.py' : 'program.ts', content: joined([...made.modules, made.entry], language) }
  const { stdout } = await sandbox.run({ language, files: [file], work: { kind: 'in-process', code } }, { limits })
  return [...stdout.matchAll(new RegExp(`^${mark} (\\d+) (.+)$`, 'gm'))].map(([, i, result = '']) =>
    fillNames(exampleTest({ arguments: [inputs[Number(i)]], result: JSON.parse(result) as unknown }, language), { f: made.entryPoint }),
  )
}

function inputsOf(shape: Shape): unknown[] {
  const examples = families.flatMap(({ stage, examples = [] }) => (stage?.takes === shape ? examples : []))
  return [...new Map(examples.map(({ arguments: [input] }) => [JSON.stringify(input), input])).values()].slice(0, 24)
}
