import { observe } from '../behavior/observe.ts'
import type { Knowledge } from '../critique/knowledge/knowledge.ts'
import type { Tool, ToolAnswer } from '../critique/tool.ts'
import { ecosystemOf } from '../finding/dependency/ecosystem.ts'
import { packagesOf } from '../finding/dependency/manifest.ts'
import { originOfPackage } from '../finding/dependency/origin.ts'
import { scan } from '../finding/scan.ts'
import { findSecrets } from '../model/secret.ts'
import type { Candidate } from '../records/candidate.ts'
import type { Exhibit } from '../records/critique.ts'
import type { Finding } from '../records/finding.ts'
import { oneLine, plain } from '../records/plain.ts'
import type { Task } from '../records/task.ts'
import type { TestOutcome } from '../records/test.ts'
import { readTask, type TaskRequest } from '../task/read-task.ts'
import { writtenAssertions } from '../task/written-assertions.ts'
import { attacking } from './attacks.ts'
import { type Context, observing } from './context.ts'

export interface ToolsOptions {
  program: Candidate
  task: Task
  /** What the task was read from: a critic's test is read like a model's. */
  request: TaskRequest
  knowledge: Knowledge
  context: Context
}

/** What critics may use on one program. All of it runs here or in the sandbox, but for a search that the user configured. */
export function criticTools(options: ToolsOptions): Tool[] {
  const { search } = options.context.configuration.critique
  return [scanning(options), running(options), testing(options), attacking(options.task, options.program, options.context), knowing(options), depending(options), ...(search === '' ? [] : [searching(search)])]
}

function scanning({ program, task }: ToolsOptions): Tool {
  return {
    name: 'scan',
    purpose: 'the analyser on a program that you write; without input, on the program itself',
    input: { name: 'code', description: 'a whole program; empty for the program itself', optional: true },
    async use(input) {
      const files = input.trim() === '' ? program.files : [{ path: program.files[0]!.path, content: input }]
      const { findings, coverage } = await scan(files, { language: task.language })
      const unread = coverage.flatMap((file) => (file.kind === 'read' && file.parseErrors === 0 ? [] : [`${file.path} was not read to its end`]))
      const lines = findings.slice(0, 20).map(({ rule, cwe, span, message }) => `${rule} (CWE-${cwe ?? '?'}) on line ${span.line}: ${oneLine(message)}`)
      const own = input.trim() === ''
      return {
        text: [...lines, ...unread].join('\n') || 'nothing was found',
        // What a critic wrote itself says nothing of the program.
        exhibits: findings.slice(0, 20).map((finding) => findingExhibit(finding, own)),
      }
    },
  }
}

function findingExhibit({ cwe, span, rule }: Finding, supports: boolean): Omit<Exhibit, 'id'> {
  return { kind: 'finding', text: rule, line: span.line, ...(cwe !== undefined && { cwe }), ...(supports && { supports }) }
}

function running({ program, task, context }: ToolsOptions): Tool {
  return {
    name: 'run',
    purpose: 'code that runs behind the program, with its names; print what you want to see, and assert what holds if you are right',
    input: { name: 'code', description: 'the code' },
    async use(input, signal) {
      const { sandbox, limits, surroundings = [] } = await observing(task, context)
      const own = new Set(program.files.map(({ path }) => path))
      const files = [...program.files, ...surroundings.filter(({ path }) => !own.has(path))]
      const { outcome, error, stdout, stderr } = await sandbox.run({ language: task.language, files, work: { kind: 'in-process', code: input } }, { limits, signal })
      const said = error === undefined ? '' : `: ${oneLine(`${error.type}: ${error.message}`)}`
      const isWrong = error !== undefined && /Assert/.test(error.type)
      const text = [`${outcome}${said}`, plain(stdout), plain(stderr)].filter((part) => part.trim() !== '').join('\n')
      return { text, exhibits: [{ kind: 'execution', text: `${outcome}${said}`, ...(isWrong && { supports: false }) }] }
    },
  }
}

function testing({ program, task, request, context }: ToolsOptions): Tool {
  return {
    name: 'test',
    purpose: `assertions about ${task.entryPoint ?? 'the function'} with plain values, a line each (${task.language === 'python' ? 'assert f(1) == 2' : 'assert.deepStrictEqual(f(1), 2)'}); they join the tests of the task`,
    input: { name: 'assertions', description: 'one assertion a line' },
    async use(input, signal) {
      const { tests, unread } = await readTests(input, { task, request })
      const options = { ...(await observing(task, context)), inputs: [], concurrency: 1, signal }
      const [execution] = tests.length === 0 ? [] : await observe({ ...task, tests }, [program], options)
      const outcomes = tests.map(({ text }, at) => ({ text: oneLine(text), outcome: execution?.tests[at] ?? 'unsupported' }))
      return {
        text: [...outcomes.map(({ text, outcome }) => `${text}: ${outcome}`), ...unread.map((reason) => `not read: ${reason}`)].join('\n') || 'there is no assertion in it',
        exhibits: outcomes.map(testExhibit),
      }
    },
  }
}

function testExhibit({ text, outcome }: { text: string; outcome: TestOutcome }): Omit<Exhibit, 'id'> {
  return { kind: 'test', text: `${text}: ${outcome}`, ...(outcome !== 'unsupported' && { supports: outcome !== 'passed' }) }
}

/** The tests in what a critic wrote, read as those that a model writes. */
export async function readTests(input: string, { task, request }: Pick<ToolsOptions, 'task' | 'request'>): Promise<{ tests: Task['tests']; unread: string[] }> {
  const assertions = writtenAssertions(task.language, input).slice(0, 10)
  const { tests: _, ...plainRequest } = request
  const entry = task.entryPoint === undefined ? {} : { entryPoint: task.entryPoint }
  const read = await readTask({ ...plainRequest, ...entry, generatedTests: [assertions] })
  return {
    tests: read.task.tests.filter(({ source }) => source === 'generated'),
    unread: read.unread.flatMap(({ source, text, reason }) => (source === 'generated' ? [`${oneLine(text).slice(0, 200)} (${reason})`] : [])),
  }
}

function knowing({ knowledge }: ToolsOptions): Tool {
  return {
    name: 'knowledge',
    purpose: 'search of weaknesses and of documentation, by words or by CWE number',
    input: { name: 'query', description: 'words, or CWE and a number' },
    use: async (input) => found(knowledge.search(input)),
  }
}

function found(passages: ReturnType<Knowledge['search']>): ToolAnswer {
  return {
    text: passages.map(({ title, source, text }) => `${title} (${source})\n${text}`).join('\n\n') || 'nothing was found',
    exhibits: passages.map(({ title, cwe }) => ({ kind: 'passage', text: title, ...(cwe !== undefined && { cwe }) })),
  }
}

function depending({ program, task }: ToolsOptions): Tool {
  return {
    name: 'dependencies',
    purpose: 'names of packages, a line each: whether they are known, or look like another one',
    input: { name: 'names', description: 'one name a line' },
    async use(input) {
      const ecosystem = ecosystemOf[task.language]
      const names = [...new Set(input.split(/[\s,]+/).filter((name) => /^[@\w./-]{1,200}$/.test(name)))].slice(0, 20)
      const told = names.map((name) => ({ name, origin: originOfPackage(ecosystem, name, packagesOf(program.files)) }))
      return {
        text: told.map(({ name, origin }) => `${name}: ${origin.kind}${'of' in origin ? ` of ${origin.of}` : ''}`).join('\n') || 'there is no name of a package in it',
        exhibits: told.map(({ name, origin }) => ({ kind: 'package', cwe: 829, text: `${name}: ${origin.kind}`, supports: origin.kind === 'unknown' || origin.kind === 'lookalike' })),
      }
    },
  }
}

const mostBytes = 200_000

/** The only tool that leaves this machine, and with nothing that looks like a secret. */
function searching(address: string): Tool {
  return {
    name: 'search',
    purpose: 'search of the web, by words',
    input: { name: 'query', description: 'words' },
    async use(input, signal) {
      const answer = await fetch(address.replaceAll('{query}', encodeURIComponent(withoutSecrets(input.slice(0, 300)))), { signal, redirect: 'error' })
      const text = (await answer.text()).slice(0, mostBytes)
      if (!answer.ok) throw new Error(`the search answered ${answer.status}`)
      return { text: plain(text.replaceAll(/<(?:script|style)\b[\s\S]*?<\/(?:script|style)>|<[^>]*>/gi, ' ').replaceAll(/[ \t]{2,}/g, ' ')), exhibits: [] }
    },
  }
}

/** What is asked of others, with each secret left out. */
export function withoutSecrets(text: string): string {
  return findSecrets(text).reduceRight((left, { start, end }) => `${left.slice(0, start)}[secret]${left.slice(end)}`, text)
}
