import { documentInstruction } from '../records/document.ts'
import type { Language } from '../records/language.ts'
import type { Prompt, PromptKind } from '../records/prompt.ts'
import type { RepairTarget } from '../records/repair.ts'
import { askedOf, cutFunction, type Cutting } from './one-function.ts'
import { ask, document, type Scene } from './scene.ts'

const system =
  'You revise a program so that it is correct and secure together. You change what is wrong and keep everything else: names, parameters, results. You never take a feature away to be rid of its weakness, and you never touch a test.'

const spoken: Record<Language, string> = { python: 'Python', javascript: 'JavaScript', typescript: 'TypeScript' }

export interface Revising {
  /** What evidence shows to be wrong. */
  targets: readonly RepairTarget[]
  /** What the critics advise. */
  instructions: string
}

/** Asks the actor for a revision (INDICT §3.3). */
export function actorPrompt(scene: Scene, { targets, instructions }: Revising, kind: PromptKind): Prompt | undefined {
  if (kind === 'tagged') {
    const [first] = targets
    if (first === undefined) return undefined
    const cut = cuttingFor(scene, first)
    if (cut === undefined || first.kind !== 'finding') return document(scene, [{ tag: 'find', text: foundIn(first) }, { tag: 'fix', text: '' }])
    const instruction = askedOf(documentInstruction(scene.task), cut.name)
    return document(scene, [{ tag: 'find', text: foundIn({ ...first, line: cut.line }) }, { tag: 'fix', text: '' }], { instruction, code: cut.code })
  }
  const wrong = targets.length === 0 ? [] : [`This is wrong with it, and must be put right:\n${targets.map((target) => `- ${foundIn(target)}`).join('\n')}`]
  const advice = instructions.trim() === '' ? [] : ['The last quotation is advice of others who read it. Follow it where it serves the task.']
  return ask(kind, {
    system,
    scene: { ...scene, past: [], tools: [], turns: advice.length === 0 ? [] : [{ role: 'summariser', text: instructions, calls: [], claims: [], absences: [], prompts: [] }] },
    task: [...wrong, ...advice, answerForm(scene)],
  })
}

function answerForm({ task: { language }, files }: Scene): string {
  const name = spoken[language]
  if (files.length < 2) return `Answer with the whole ${name} program in one fenced block marked \`${language}\`, without line numbers and without explanations.`
  return `Answer with each file that changes, whole, in a fenced block of its own whose first line names the language and the path, like \`\`\`${language} path/to/file\`\`\`, without line numbers and without explanations.`
}

/** What the embedded model is shown of a program: the function that a finding is in, where there are several. */
export function cuttingFor({ task, files }: Pick<Scene, 'task' | 'files'>, target: RepairTarget | undefined): Cutting | undefined {
  const [main] = files
  return main === undefined || target?.kind !== 'finding' || target.path !== main.path ? undefined : cutFunction(task.language, main.content, target.line)
}

/** A target in the one line that the embedded model knows: `CWE-22 on line 6: path-traversal`, `test failed: assert f(1) == 2`. */
export function foundIn(target: RepairTarget): string {
  if (target.kind === 'test') return `test failed: ${target.text.trim().split('\n', 1)[0]?.slice(0, 200) ?? ''}`
  const rule = target.rule.slice(target.rule.indexOf('/') + 1)
  return `${target.cwe === undefined ? 'weakness' : `CWE-${target.cwe}`} on line ${target.line}: ${rule}`
}
