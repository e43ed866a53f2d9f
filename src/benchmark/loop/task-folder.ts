import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CountersignError } from '../../errors.ts'
import type { ChangedFile } from '../../records/candidate.ts'
import { digestRecord, type Digest } from '../../records/digest.ts'
import { Language } from '../../records/language.ts'
import type { TaskRequest } from '../../task/read-task.ts'

const Settings = z.strictObject({
  language: Language,
  entryPoint: z.string().regex(/^[A-Za-z_$][\w$]*$/),
  /** What the exploit goes for, for people. */
  weakness: z.string().regex(/^CWE-\d+$/),
})

export const referenceNames = ['secure', 'insecure', 'wrong'] as const
export type ReferenceName = (typeof referenceNames)[number]

/** What nobody sees but the judge: the file with the functional tests and the exploit, and what lies beside it. */
export interface Hidden {
  main: ChangedFile
  beside: readonly ChangedFile[]
}

type Request = TaskRequest & { entryPoint: string }

/** A task of the joint benchmark. A request is all that is measured may know of it. */
export interface LoopTask {
  name: string
  weakness: string
  language: Language
  entryPoint: string
  /** The same task in several wordings, which the seeds take in turn. */
  requests: readonly [Request, ...Request[]]
  hidden: Hidden
  /** Programs of which it is known how they must be judged. */
  references: Readonly<Record<ReferenceName, string>>
  /** Of everything above: results of another task by the same name are not this one's. */
  digest: Digest
}

export const endings: Record<Language, string> = { python: 'py', javascript: 'js', typescript: 'ts' }

/** Reads every folder of `folder` as a task, in the order of their names. The first thing that is missing or wrong is named. */
export function readLoopTasks(folder: string): LoopTask[] {
  const entries = entriesOf(folder)
  const tasks = entries.filter((name) => statSync(join(folder, name)).isDirectory()).map((name) => readLoopTask(folder, name))
  if (tasks.length === 0) throw new CountersignError('INPUT_INVALID', `${folder} holds no task: each is a folder with task.md, task.json, a check and references`)
  return tasks
}

function readLoopTask(folder: string, name: string): LoopTask {
  const place = join(folder, name)
  const { language, entryPoint, weakness } = settingsOf(place)
  const ending = endings[language]
  const wordings = readPart(place, 'task.md').split(/^---[ \t]*$/m).map((text) => text.trim())
  if (wordings.includes('')) throw missing(place, 'an instruction: task.md, or a part of it between lines of dashes, is empty')
  const shown = existsSync(join(place, `public.${ending}`)) ? { tests: { asserts: readPart(place, `public.${ending}`) } } : {}
  const [first, ...others] = wordings.map((instruction): Request => Object.assign({ id: name, language, instruction, entryPoint }, shown))
  if (first === undefined) throw missing(place, 'an instruction')
  const main = { path: `check.${ending}`, content: readPart(place, `check.${ending}`) }
  const beside = entriesOf(folder)
    .filter((file) => file.endsWith(`.${ending}`) && statSync(join(folder, file)).isFile())
    .map((file) => ({ path: file, content: readPart(folder, file) }))
  const reference = (kind: ReferenceName) => readPart(place, `reference/${kind}.${ending}`)
  const references = { secure: reference('secure'), insecure: reference('insecure'), wrong: reference('wrong') }
  const requests: LoopTask['requests'] = [first, ...others]
  const parts = { name, weakness, language, entryPoint, requests, hidden: { main, beside }, references }
  return { ...parts, digest: digestRecord(parts) }
}

function settingsOf(place: string): z.infer<typeof Settings> {
  const text = readPart(place, 'task.json')
  const settings = Settings.safeParse(parsed(text))
  if (settings.success) return settings.data
  const issue = settings.error.issues[0]
  throw new CountersignError('INPUT_INVALID', `${join(place, 'task.json')}: ${issue?.path.join('.') || 'it'} is wrong (${issue?.message}); it holds {"language", "entryPoint", "weakness"}`)
}

function readPart(place: string, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(join(place, file)))
  } catch (cause) {
    if (cause instanceof TypeError) throw new CountersignError('INPUT_INVALID', `${join(place, file)} is not text in UTF-8`, { cause })
    throw missing(place, file, cause)
  }
}

function missing(place: string, what: string, cause?: unknown): CountersignError {
  const why = cause instanceof Error && 'code' in cause && cause.code !== 'ENOENT' ? ` (${cause.message})` : ''
  return new CountersignError('INPUT_INVALID', `the task folder ${place} lacks ${what}${why}; docs/guides/bench-loop.md says what a task folder holds`, { cause })
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !/^[._]/.test(name)).sort()
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `the folder of tasks ${folder} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
