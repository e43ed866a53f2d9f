import { CountersignError } from '../errors.ts'
import type { Test } from '../records/test.ts'
import { parse } from '../syntax/tree.ts'
import { readAssertion } from './assertion.ts'
import type { Scope } from './scope.ts'

/** A test file as the user gives it. */
export interface TestFile {
  path: string
  content: string
}

type Runner = (Test & { kind: 'files' })['runner']

interface RunnerOptions {
  runner?: Runner | undefined
  command?: string[] | undefined
  /** What the project depends on. */
  dependencies?: readonly string[] | undefined
}

/**
 * Asserts that the user wrote, one test for each; the statements around them (imports, variables) come along where one needs them. What
 * cannot be judged outside the candidate's process runs inside it: nothing of what the user asks for is left out.
 */
export function readUserAsserts(scope: Scope, text: string): Test[] {
  const parsed = parse(scope.language, text)
  if (parsed.kind === 'too-large') throw new CountersignError('INPUT_INVALID', `the asserts are too large: more than ${parsed.limit} in ${parsed.bound}`)
  if (parsed.errors > 0) throw new CountersignError('INPUT_INVALID', `the asserts do not parse as ${scope.language}; correct them, or give a test file with its runner`)
  const setup: string[] = []
  const tests = parsed.root.children.flatMap((node): Test[] => {
    if (node.type === 'comment') return []
    const statement = text.slice(node.start, node.end)
    const read = readAssertion(scope, statement, 'user')
    if (read.kind === 'test' && read.test.kind === 'call') return [read.test]
    const inside = (code: string): Test[] => [{ kind: 'in-process', source: 'user', text: statement, code: [...setup, code].join('\n') }]
    const testFunction = definition.test(node.type) ? /^(?:async\s+)?def\s+(test_\w+)\(\s*\)/.exec(statement)?.[1] : undefined
    if (testFunction !== undefined) return inside(`${statement}\n${testFunction}()`)
    if (!definition.test(node.type) && !node.type.startsWith('import') && assertion.test(statement)) return inside(statement)
    if (!importsSubject(scope, statement)) setup.push(statement)
    return []
  })
  if (tests.length === 0) throw new CountersignError('INPUT_INVALID', 'there is no assertion among the asserts; write `assert f(1) == 2`, or give a test file with its runner')
  return tests
}

const definition = /definition|declaration/
// Anywhere in a statement: a loop over cases is a test too.
const assertion = /(?:^|[^\w$.])(?:assert\b|self\.assert|pytest\.raises\b|self\.assertRaises\b|console\.assert\b|expect\s*\()/

// `from solution import area`: inside the candidate's own process its names are there already.
function importsSubject(scope: Scope, statement: string): boolean {
  return /^(?:from\s|import\s|const\s+\{[^}]*\}\s*=\s*require)/.test(statement) && [...scope.names].some((name) => new RegExp(`\\b${RegExp.escape(name)}\\b`).test(statement))
}

/** Test files that the user names, run as they are by their own runner beside the candidate. */
export function readTestFiles(files: TestFile[], options: RunnerOptions = {}): Test {
  const [first] = files
  if (first === undefined) throw new CountersignError('INPUT_INVALID', 'no test file was given')
  if (options.command !== undefined) return { kind: 'files', source: 'user', text: options.command.join(' '), files, runner: 'command', command: options.command }
  const runners = new Set(files.map((file) => options.runner ?? runnerOf(file, options.dependencies ?? [])).filter((runner) => runner !== undefined))
  const [runner, other] = [...runners]
  if (runner === undefined) throw new CountersignError('INPUT_INVALID', `${first.path}: cannot tell which runner these tests are for; name one, or give a command`)
  if (other !== undefined) throw new CountersignError('INPUT_INVALID', `the test files are for different runners (${[...runners].join(', ')}); give one group at a time`)
  return { kind: 'files', source: 'user', text: files.map((file) => file.path).join(' '), files, runner }
}

/** The runner that a test file is written for, by what it imports; undefined when it does not say. */
export function runnerOf(file: TestFile, dependencies: readonly string[] = []): Runner | undefined {
  if (file.path.endsWith('.py')) return 'pytest'
  if (!/\.[cm]?[jt]sx?$/.test(file.path)) return undefined
  const imports = (name: string): boolean => new RegExp(`(?:from|import|require\\()\\s*['"]${name}['"]`).test(file.content)
  if (imports('vitest')) return 'vitest'
  if (imports('node:test')) return 'node-test'
  if (imports('@jest/globals') || /\bjest\.(?:fn|mock|spyOn)\b/.test(file.content)) return 'jest'
  if (!/\b(?:describe|it|test)\s*\(/.test(file.content)) return undefined
  // With globals only, the project's own dependency decides.
  return dependencies.includes('vitest') ? 'vitest' : dependencies.includes('jest') ? 'jest' : undefined
}
