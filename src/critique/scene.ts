import type { ChangedFile } from '../records/candidate.ts'
import type { CriticRole, Dialogue, Exhibit, Turn } from '../records/critique.ts'
import { documentInstruction, documentTags } from '../records/document.ts'
import type { Prompt, PromptKind } from '../records/prompt.ts'
import type { Task } from '../records/task.ts'
import { cut, Fence, type Quotation } from './fence.ts'
import { offerOf } from './tool-offer.ts'

/** What a tool is called and what it is for, as a critic is told. */
export interface ToolDescription {
  name: string
  purpose: string
  /** The one text that it takes. */
  input: { name: string; description: string; optional?: true }
}

/** Everything that a critic gets to see. */
export interface Scene {
  task: Pick<Task, 'instruction' | 'language' | 'prompt' | 'signature'>
  files: readonly ChangedFile[]
  stage: Dialogue['stage']
  exhibits: readonly Exhibit[]
  /** What was said in this dialogue before, the latest last. */
  turns: readonly Turn[]
  /** What earlier dialogues came to, the latest last. */
  past: readonly string[]
  tools: readonly ToolDescription[]
  /** Whether the tools are offered natively, and not in words. */
  native?: boolean
  seed: number
}

const longestProgram = 24_000
const longestTask = 8_000
const longestTurn = 4_000
const longestExhibit = 600
const mostExhibits = 40

/** What stands before every question about a program: the task, the program with its lines numbered, what was seen, and what was said. */
export function quotationsOf(scene: Scene): Quotation[] {
  const last = scene.turns.at(-1)
  return [
    { label: 'TASK', text: cut(taskText(scene.task), longestTask) },
    ...scene.files.map(({ path, content }) => ({ label: `PROGRAM ${labelled(path)}`, text: cut(numbered(content), longestProgram) })),
    { label: 'EVIDENCE', text: evidenceOf(scene) },
    ...(scene.past.length === 0 ? [] : [{ label: 'PAST CRITIQUE', text: cut(scene.past.join('\n\n'), longestTurn) }]),
    ...(last === undefined ? [] : [{ label: `LAST WORD OF THE ${names[last.role].toUpperCase()}`, text: cut(last.text, longestTurn) }]),
  ]
}

export const names: Record<CriticRole, string> = { safety: 'safety critic', helpfulness: 'helpfulness critic', summariser: 'summariser' }

function taskText({ instruction, prompt }: Scene['task']): string {
  return prompt === undefined || instruction.includes(prompt.trim()) ? instruction.trim() : `${instruction.trim()}\n\nIt begins like this:\n${prompt.trimEnd()}`
}

// A name from outside stands in the line of the fence itself.
function labelled(path: string): string {
  return path.replaceAll(/[^\w./-]/g, '_').slice(0, 100)
}

export function numbered(content: string): string {
  const lines = content.trimEnd().split('\n')
  const width = String(lines.length).length
  return lines.map((line, at) => `${String(at + 1).padStart(width)}| ${line}`).join('\n')
}

function evidenceOf({ exhibits, stage }: Scene): string {
  if (exhibits.length === 0) return stage === 'pre-emptive' ? 'The analyser found nothing. Nothing has been run yet.' : 'The analyser found nothing, and nothing that ran went wrong.'
  const lines = exhibits.slice(0, mostExhibits).map(({ id, text }) => `[${id}] ${cut(text, longestExhibit)}`)
  return [...lines, ...(exhibits.length > mostExhibits ? [`and ${exhibits.length - mostExhibits} more`] : [])].join('\n')
}

/** A question in the form that a model takes: messages, or one text. */
export function ask(kind: Exclude<PromptKind, 'tagged'>, { system, scene, task }: { system: string; scene: Scene; task: readonly string[] }): Prompt {
  const quotations = quotationsOf(scene)
  const fence = new Fence(quotations.map(({ text }) => text), scene.seed)
  const question = [...quotations.map((quotation) => fence.quote(quotation)), ...task].join('\n\n')
  if (kind === 'completion') return { kind, text: `${system}\n${fence.rule}\n\n${question}\n\nAnswer:\n` }
  return {
    kind,
    messages: [
      { role: 'system', content: `${system}\n${fence.rule}` },
      { role: 'user', content: question },
    ],
    ...(scene.native === true && scene.tools.length > 0 && { tools: scene.tools.map(offerOf) }),
  }
}

/** The document of the embedded model that ends in `last`, whose text is to be written. */
export function document({ task, files }: Pick<Scene, 'task' | 'files'>, sections: readonly { tag: string; text: string }[], { instruction = documentInstruction(task), code = files[0]?.content ?? '' } = {}): Prompt {
  return {
    kind: 'tagged',
    sections: [
      { tag: documentTags[task.language], text: '' },
      { tag: 'inst', text: instruction },
      // Programs end with their last line there.
      { tag: 'code', text: `${code.trimEnd()}\n` },
      ...sections,
    ],
  }
}
