import { tellingCode } from '../../scripts/embedded-model/corpus/checks.ts'
import type { EvaluationChecks } from '../../scripts/embedded-model/corpus/evaluation.ts'
import { loadSyntax, scan } from '../../src/index.ts'
import type { Sandbox } from '../../src/ports.ts'
import { parse } from '../../src/syntax/tree.ts'
import { checksIn, type EvaluationTask } from './task.ts'

/** What is seen of a program for a task. */
export interface Outcome {
  parses: boolean
  /** Every test holds. */
  correct: boolean
  /** No exploit succeeds. */
  resists: boolean
  /** Weaknesses that the analyser is sure of: one CWE for each. */
  weaknesses: string[]
  /** All that the analyser tells, sure of it or not. */
  told: string[]
}

export const isSound = ({ correct, resists, weaknesses }: Outcome) => correct && resists && weaknesses.length === 0

const limits = { cpuMs: 4000, wallMs: 20_000, memoryBytes: 512 * 2 ** 20, outputBytes: 2 ** 20, processes: 16, fileBytes: 2 ** 24 }
const mark = 'does-not-hold-c41e'

/** Looks at programs with checks that no model and no pipeline has seen; the same program is run once. */
export class Judge {
  readonly #sandbox: Sandbox
  readonly #seen = new Map<string, Promise<Outcome>>()

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox
  }

  async see(task: Pick<EvaluationTask, 'language'> & EvaluationChecks, program: string): Promise<Outcome> {
    const code = tellingCode(checksIn(task), task.language, mark)
    const key = `${code}\n${program}`
    const known = this.#seen.get(key) ?? this.#look(task, { program, code })
    this.#seen.set(key, known)
    return await known
  }

  async #look(task: Pick<EvaluationTask, 'language'> & EvaluationChecks, { program, code }: { program: string; code: string }): Promise<Outcome> {
    const { language } = task
    await loadSyntax()
    const parsed = parse(language, program)
    if (parsed.kind !== 'parsed' || parsed.errors > 0) return { parses: false, correct: false, resists: false, weaknesses: [], told: [] }
    const file = { path: language === 'python' ? 'program.py' : 'program.ts', content: program }
    const { findings } = await scan([file], { language })
    const run = await this.#sandbox.run({ language, files: [file], work: { kind: 'in-process', code } }, { limits })
    const failed = new Set([...run.stdout.matchAll(new RegExp(`^${mark} (\\d+)$`, 'gm'))].map(([, index]) => Number(index)))
    const holds = (kind: 'test' | 'exploit') => run.outcome === 'completed' && checksIn(task).every((check, index) => check.kind !== kind || !failed.has(index))
    return {
      parses: true,
      correct: holds('test'),
      resists: holds('exploit'),
      weaknesses: findings.filter(({ tier, confidence }) => tier === 'vulnerability' && confidence !== 'low').map(({ cwe }) => `CWE-${cwe}`),
      told: findings.map(({ cwe }) => `CWE-${cwe}`),
    }
  }
}
