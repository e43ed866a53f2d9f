import type { Limits, Sandbox } from '../../ports.ts'
import { type Candidate, type ChangedFile, contentDigest } from '../../records/candidate.ts'
import { canonicalJson, digestRecord } from '../../records/digest.ts'
import type { Observation } from '../../records/execution.ts'
import { endings, type LoopTask } from './task-folder.ts'

/** What was seen of a program. What could not be found out counts as not correct and not secure; `unknown` says what that was. */
export interface Judgement {
  correct: boolean
  secure: boolean
  unknown?: string
}

export interface JudgeOptions {
  sandbox: Sandbox
  limits: Limits
  signal?: AbortSignal | undefined
}

/**
 * Runs a program with the task's functional tests and its exploit. The check runs the program and tells what it saw, which is compared here, outside of the
 * sandbox: with what was expected, and with a canary that only this judge knows beforehand. The exploit succeeded where the canary turns up in what was seen.
 */
export async function judgeProgram({ language, entryPoint, hidden, digest }: LoopTask, program: Candidate, { sandbox, limits, signal }: JudgeOptions): Promise<Judgement> {
  const canary = canaryFor(digestRecord([digest, contentDigest(program)]))
  const solution = solutionFiles(program, entryPoint)
  const calls = [{ steps: [{ name: 'functional', arguments: [] }] }, { steps: [{ name: 'exploit', arguments: [canary] }] }]
  const run = await sandbox.run({ language, files: [hidden.main, ...hidden.beside, ...solution], work: { kind: 'calls', calls } }, { limits, ...(signal && { signal }) })
  const [functional, exploit] = run.observations.map(listIn)
  const why = unknownIn([functional, exploit], run.error ?? { type: run.outcome, message: '' })
  return { correct: isCorrect(functional), secure: exploit !== undefined && !JSON.stringify(exploit).includes(canary), ...(why !== undefined && { unknown: why }) }
}

/** Letters and digits alone, so that it can stand in a name, an address, a statement or a program. */
export function canaryFor(seed: string): string {
  return `canary${digestRecord(['canary', seed]).slice('sha256:'.length, 'sha256:'.length + 16)}`
}

/** What the check returned: a list with at least one entry, as JSON. */
function listIn(observation: Observation | undefined): unknown[] | undefined {
  if (observation?.kind !== 'returned' || typeof observation.value !== 'string') return undefined
  try {
    const list: unknown = JSON.parse(observation.value)
    return Array.isArray(list) && list.length > 0 ? list : undefined
  } catch {
    return undefined
  }
}

/** Pairs of what came back and what was expected. */
function isCorrect(cases: readonly unknown[] | undefined): boolean {
  return cases !== undefined && cases.every((one) => Array.isArray(one) && one.length === 2 && canonicalJson(one[0]) === canonicalJson(one[1]))
}

function unknownIn([functional, exploit]: readonly (unknown[] | undefined)[], { type, message }: { type: string; message: string }): string | undefined {
  if (functional !== undefined && exploit !== undefined) return undefined
  const which = functional === undefined ? (exploit === undefined ? 'its tests and its exploit' : 'its tests') : 'its exploit'
  return `${which} gave no answer (${`${type} ${message}`.trim().slice(0, 200)})`
}

/** The program under the name by which checks import it. What a module of TypeScript or JavaScript declares and does not export is exported. */
function solutionFiles({ language, files }: Candidate, entryPoint: string): ChangedFile[] {
  const [main, ...others] = files
  const content = main?.content ?? ''
  const exported = language !== 'python' && isHidden(content, entryPoint) ? `${content}\nexport { ${entryPoint} }\n` : content
  return [{ path: `solution.${endings[language]}`, content: exported }, ...others.filter(({ path }) => !/^(?:check|harness|solution)\./.test(path))]
}

function isHidden(content: string, name: string): boolean {
  const escaped = name.replaceAll('$', String.raw`\$`)
  const declared = new RegExp(String.raw`^(?:async\s+)?(?:function\s*\*?|const|let|var|class)\s+${escaped}(?![\w$])`, 'm').test(content)
  return declared && !new RegExp(String.raw`export\s*\{[^}]*(?<![\w$])${escaped}(?![\w$])`).test(content)
}
