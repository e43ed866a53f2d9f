import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { CountersignError } from '../../errors.ts'
import type { TaskRequest } from '../../index.ts'
import type { Language } from '../../records/language.ts'
import { readText } from './input.ts'

export interface TaskOptions {
  task: string
  entry?: string
  prompt?: string
  tests?: string[]
  testCommand?: string
  project?: string
  /** The folder that the paths of test files start at; without it each stands beside the program. */
  testRoot?: string
}

/** What the options say of the task. Its text, prompt and tests are files where there are files of that name, else the text itself. */
export function taskRequest(options: TaskOptions, language: Language): TaskRequest {
  const instruction = fileOrText(options.task)
  if (instruction.trim() === '') throw new CountersignError('INPUT_INVALID', 'the task is empty: say what the program must do, as text or as a file')
  const tests = testsOf(options)
  return {
    id: titleOf(instruction),
    language,
    instruction,
    ...(options.prompt === undefined ? {} : { prompt: fileOrText(options.prompt) }),
    ...(options.entry === undefined ? {} : { entryPoint: options.entry }),
    ...(options.project === undefined ? {} : { workspace: { path: projectFolder(options.project) } }),
    ...(tests === undefined ? {} : { tests }),
  }
}

/** A task's first line, by which people know it again. */
function titleOf(instruction: string): string {
  const line = instruction.trim().split('\n', 1)[0] ?? ''
  return line.slice(0, 100)
}

function fileOrText(given: string): string {
  // A text that is too long to be a name is no error here.
  if (given === '-' || (existsSync(given) && statSync(given).isFile())) return readText(given)
  // Without a space in it, a name with an ending is a file that is not there rather than a task.
  if (!/\s/.test(given) && /[/\\]|\.[a-z]{1,4}$/i.test(given)) throw new CountersignError('INPUT_INVALID', `there is no file ${given}; a task given as text has more than one word`)
  return given
}

function testsOf({ tests = [], testCommand, project, testRoot }: TaskOptions): TaskRequest['tests'] {
  if (tests.length === 0 && testCommand === undefined) return undefined
  const files = tests.map((path) => ({ path: pathWithin(testRoot, path) ?? basename(path), content: readText(path) }))
  const suites = files.filter((file) => testCommand !== undefined || isSuite(file.content, extname(file.path)))
  const asserts = files.filter((file) => !suites.includes(file)).map((file) => file.content)
  return {
    ...(asserts.length === 0 ? {} : { asserts: asserts.join('\n') }),
    ...(suites.length === 0 ? {} : { files: suites }),
    ...(testCommand === undefined ? {} : { command: testCommand.trim().split(/\s+/) }),
    ...(project === undefined ? {} : { dependencies: dependenciesOf(project) }),
  }
}

function pathWithin(root: string | undefined, path: string): string | undefined {
  const inside = root === undefined ? '..' : relative(resolve(root), resolve(path))
  return inside.startsWith('..') || isAbsolute(inside) ? undefined : inside.split(sep).join('/')
}

/** A file for a test runner, rather than plain assertions one after the other. */
function isSuite(content: string, extension: string): boolean {
  if (extension === '.py') return /^\s*(async\s+)?def\s+test_|^\s*class\s+Test|^\s*(import|from)\s+(pytest|unittest)\b/m.test(content)
  return /^\s*(describe|it|test|suite)(\.\w+)?\s*\(|from\s+['"](vitest|node:test|@jest\/globals)['"]/m.test(content)
}

function projectFolder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw new CountersignError('INPUT_INVALID', `--project ${path} is not a folder`)
  return resolve(path)
}

function dependenciesOf(project: string): string[] {
  const manifest = readManifest(join(project, 'package.json'))
  return ['dependencies', 'devDependencies'].flatMap((key) => Object.keys(new Map(Object.entries(manifest)).get(key) ?? {}))
}

function readManifest(path: string): Record<string, object> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, object>
  } catch {
    // A project without a manifest, or with one that nobody can read, names no dependencies.
    return {}
  }
}
