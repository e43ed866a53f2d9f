import { expect } from 'vitest'
import { type Configuration, defaults } from '../../src/config.ts'
import { generate } from '../../src/countersign.ts'
import { type Script, scripted } from '../../src/model/scripted.ts'
import type { Context, Models } from '../../src/pipeline/context.ts'
import { textsOf } from '../../src/records/prompt.ts'
import { Verdict } from '../../src/records/verdict.ts'
import type { TaskRequest } from '../../src/task/read-task.ts'
import { aBudget } from './budget.ts'
import { composingSandbox } from './composing-sandbox.ts'

// Twice what follows x: no program of the first round has both parts right.
export const request: TaskRequest = { id: 't', language: 'python', instruction: 'Write `f(x: int)` that adds one to x and doubles that.\n\nf(1) == 4\nf(2) == 6\nf(0) == 2', entryPoint: 'f' }

const outline = '```outline\nnext_of(x): the number after x\ntwice(x): x two times\nf(x): what was asked for\n```\n\n'
/** A reply with a program, as functions of x by name. */
export const program = (functions: Record<string, string>, before = '') =>
  `${before}\`\`\`python\n${Object.entries(functions).map(([name, body]) => `def ${name}(x):\n    return ${body}\n`).join('\n')}\`\`\``

export const firstRound = [
  program({ f: 'x + 1' }),
  program({ next_of: 'x + 1', twice: 'x * 3', f: 'twice(next_of(x))' }, outline),
  program({ next_of: 'x + 2', twice: 'x * 2', f: 'twice(next_of(x))' }, outline),
  program({ next_of: 'x + 1', f: 'next_of(x)' }),
]
export const right = program({ next_of: 'x + 1', twice: 'x * 2', f: 'twice(next_of(x))' }, outline)

export interface Given extends Partial<Omit<Context, 'models' | 'configuration'>> {
  asked?: TaskRequest
  script?: Partial<Script>
  models?: Partial<Models>
  codechain?: Partial<Configuration['codechain']>
  samples?: number
}

/** A run of the strategy `codechain` with a scripted model and sandbox. */
export async function generated(candidates: (index: number, prompt: string) => string, { asked = request, script = {}, models = {}, codechain = {}, samples = 3, ...more }: Given = {}) {
  const recorded: [string, unknown][] = []
  const configuration = { ...defaults, strategy: 'codechain', codechain: { ...defaults.codechain, ...codechain }, generate: { ...defaults.generate, samples, tests: 0 } }
  const coder = scripted({ prompts: ['chat'], reply: (prompt, { index }) => candidates(index, textsOf(prompt).join('\n')), ...script })
  const verdict = await generate(asked, { sandbox: composingSandbox(), configuration, models: { coder, budget: aBudget(), ...models }, record: (kind, record) => recorded.push([kind, record]), ...more })
  expect(Verdict.parse(verdict)).toEqual(verdict)
  const of = <Kind>(kind: string) => recorded.filter(([own]) => own === kind).map(([, record]) => record as Kind)
  return { verdict, of, configuration }
}

/** The second round's writer puts together what it was shown, where both parts are there. */
export const builder = (index: number, prompt: string) => firstRound[index] ?? (prompt.includes('return x + 1') && prompt.includes('return x * 2') ? right : program({ f: 'x' }))
