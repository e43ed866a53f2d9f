import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaults } from '../src/config.ts'
import { generate } from '../src/countersign.ts'
import { type Script, scripted } from '../src/model/scripted.ts'
import type { Sandbox } from '../src/ports.ts'
import type { Candidate } from '../src/records/candidate.ts'
import type { Evidence } from '../src/records/evidence.ts'
import { textsOf } from '../src/records/prompt.ts'
import type { Repair } from '../src/records/repair.ts'
import { openSandbox } from '../src/sandbox/open.ts'
import { aBudget } from './support/budget.ts'
import { inEveryRole, type Spoken } from './support/critics.ts'
import { type WeakProgram, weakPrograms } from './support/weak-programs.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox({ driver: 'auto' })
})
afterAll(async () => await sandbox.close())

const configuration = { ...defaults, strategy: 'indict', generate: { ...defaults.generate, samples: 0, tests: 0 } }

const fenced = ({ language }: WeakProgram, code: string) => `\`\`\`${language}\n${code}\`\`\``

/** The critic cites the first finding that it is shown, and asks the corpus first. */
const critic: NonNullable<Script['reply']> = (prompt) => {
  const text = textsOf(prompt).join('\n')
  if (!text.includes('RESULT T1') && !text.includes('post-hoc')) return 'TOOL knowledge\nhow is this mended\nEND'
  const [, name, cwe, line] = /\[(F1)\] \S+ \((?:CWE-(\d+))?.* on line (\d+)/.exec(text) ?? []
  return name === undefined ? 'NOTHING' : `CLAIM weakness CWE-${cwe} line ${line} [${name}]: an attacker decides what this does`
}

/** Answers one after another, and the last one from then on. */
function inTurn(answers: readonly string[]): NonNullable<Script['reply']> {
  let at = 0
  return () => answers[Math.min(at++, answers.length - 1)] ?? ''
}

async function indicted(program: WeakProgram, spoken: Omit<Spoken, 'candidates'>) {
  const recorded: [string, unknown][] = []
  const verdict = await generate(
    { id: program.name, language: program.language, instruction: program.task, tests: { asserts: program.tests } },
    {
      sandbox,
      configuration,
      models: { coder: scripted({ reply: inEveryRole({ candidates: [fenced(program, program.weak)], ...spoken }) }), budget: aBudget() },
      record: (kind, record) => recorded.push([kind, record]),
    },
  )
  const of = (kind: string) => recorded.filter(([own]) => own === kind).map(([, record]) => record)
  const candidates = of('candidate') as Candidate[]
  const chosen = verdict.choice.kind === 'chosen' ? candidates.find(({ id }) => id === (verdict.choice as { id: string }).id) : undefined
  return { verdict, repairs: of('repair') as Repair[], executions: of('execution') as Evidence['executions'], chosen }
}

/** Whether the attack comes to nothing. */
async function isSafe({ language, exploit }: WeakProgram, code: string): Promise<boolean> {
  const files = [{ path: language === 'python' ? 'main.py' : 'main.ts', content: code }]
  const { outcome } = await sandbox.run({ language, files, work: { kind: 'in-process', code: exploit } }, { limits: { ...defaults.sandbox.limits, cpuMs: 20_000 } })
  return outcome === 'completed'
}

/** Of no accepted revision a test is lost that its parent passed. */
function keepsTests({ repairs, executions }: Awaited<ReturnType<typeof indicted>>): boolean {
  return repairs.every(({ fate, parent, child }) => {
    const before = executions.find(({ candidate }) => candidate === parent)?.tests ?? []
    return fate === 'refused' || before.every((outcome, at) => outcome !== 'passed' || child?.execution?.tests[at] === 'passed')
  })
}

describe.each(weakPrograms())('$name', (program) => {
  test.each<[string, Pick<Spoken, 'safety' | 'helpfulness' | 'summariser'>]>([
    ['speak', { safety: critic }],
    ['refuse', { safety: "I'm sorry, I can't help with that.", helpfulness: "I can't assist.", summariser: '' }],
  ])('is repaired by a revision that keeps the feature, while critics %s', async (_, critics) => {
    const run = await indicted(program, { ...critics, actor: inTurn([fenced(program, program.worse), fenced(program, program.fixed)]) })
    expect(run.repairs.map(({ fate, objections }) => ({ fate, objections }))).toEqual([{ fate: 'refused', objections: expect.arrayContaining([expect.anything()]) }, { fate: 'accepted', objections: [] }])
    expect(run.chosen?.files[0]?.content).toBe(program.fixed)
    expect(keepsTests(run)).toBe(true)
    expect([await isSafe(program, program.weak), await isSafe(program, program.fixed)]).toEqual([false, true])
  })

  test('is not chosen where no revision repairs it', async () => {
    const run = await indicted(program, { safety: critic, actor: fenced(program, program.worse) })
    expect(run.verdict.choice.kind).toBe('abstained')
    expect(run.repairs.every(({ fate }) => fate === 'refused')).toBe(true)
  })
})
