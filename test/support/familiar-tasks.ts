import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { defaults } from '../../src/config.ts'
import { decide, examine } from '../../src/countersign.ts'
import { indict } from '../../src/pipeline/indict.ts'
import type { Model, Sandbox } from '../../src/ports.ts'
import type { Candidate } from '../../src/records/candidate.ts'
import type { Repair } from '../../src/records/repair.ts'
import type { Task } from '../../src/records/task.ts'
import { aBudget } from './budget.ts'

/** A program with a weakness of a kind that the embedded model was trained on, with names and words that it never saw. */
export const FamiliarTask = z.object({
  id: z.string(),
  language: z.enum(['python', 'typescript']),
  instruction: z.string(),
  program: z.string(),
  finding: z.string(),
  tests: z.array(z.string()),
  /** Code behind the program that throws where an attack succeeds. */
  exploits: z.array(z.string()),
})
export type FamiliarTask = z.infer<typeof FamiliarTask>

/** Tasks from a file of JSON lines: ours, or those of `scripts/embedded-model/corpus/main.ts`, which hold the program to revise in `revision`. */
export function familiarTasks(path: string): FamiliarTask[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line !== '')
  return lines.flatMap((line) => {
    const { revision, ...task } = JSON.parse(line) as { revision?: object; program?: string; exploits: string[] }
    const parsed = FamiliarTask.safeParse({ ...task, ...revision })
    return parsed.success && parsed.data.exploits.length > 0 ? [parsed.data] : []
  })
}

export interface Revised {
  before: { attacks: number; tests: number }
  after: { attacks: number; tests: number }
  repairs: readonly Repair[]
}

/** Has critics and a model revise the program, and attacks what it was and what it became. Attacks are told to nobody before. */
export async function revise(familiar: FamiliarTask, { model, sandbox }: { model: Model; sandbox: Sandbox }): Promise<Revised> {
  const { id, language, instruction, program, tests } = familiar
  const task: Task = { id, language, instruction, tests: tests.map((code) => ({ kind: 'in-process', source: 'user', text: code, code })) }
  const configuration = { ...defaults, strategy: 'indict', critique: { ...defaults.critique, turns: 2, attempts: 4, rounds: 1 }, generate: { ...defaults.generate, maxTokens: 200 } }
  const context = { sandbox, configuration, models: { coder: model, budget: aBudget() } }
  const candidate: Candidate = { id: 'direct', language, files: [{ path: language === 'python' ? 'main.py' : 'main.ts', content: program }] }
  const evidence = await examine(task, [candidate], context)
  const spoken = await indict(evidence, { programs: [candidate], request: { id, language, instruction } }, context)
  const [best] = decide(spoken, configuration).ranking
  const standing = spoken.candidates.find(({ id }) => id === best?.ids[0]) ?? candidate
  const counted = async (code: string) => ({ attacks: await failing(familiar.exploits, code), tests: await failing(tests, code) })
  const failing = async (checks: readonly string[], code: string) => {
    let count = 0
    for (const check of checks) {
      const { outcome } = await sandbox.run({ language, files: [{ path: candidate.files[0]!.path, content: code }], work: { kind: 'in-process', code: check } }, { limits: configuration.sandbox.limits })
      if (outcome !== 'completed') count += 1
    }
    return count
  }
  return { before: await counted(program), after: await counted(standing.files[0]!.content), repairs: spoken.repairs ?? [] }
}
