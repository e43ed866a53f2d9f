import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CountersignError } from '../../src/errors.ts'
import type { Job, Limits, Sandbox } from '../../src/ports.ts'
import type { Observation } from '../../src/records/execution.ts'
import { Run } from '../../src/records/execution.ts'
import { Language } from '../../src/records/language.ts'
import type { Call } from '../../src/records/test.ts'
import type { Value } from '../../src/records/value.ts'

export interface SandboxContract {
  open: () => Promise<Sandbox>
  /** The text of a visible skip, where what the driver needs is not here. */
  skipped?: string | undefined
  /** Those that are tried; all of them unless said otherwise. */
  languages?: readonly Language[]
}

/** Wide enough for a busy machine; a test that means to reach a limit sets that one low. */
export const limits: Limits = {
  cpuMs: 3000,
  wallMs: 30_000,
  memoryBytes: 192 * 1024 * 1024,
  outputBytes: 200_000,
  processes: 16,
  fileBytes: 1024 * 1024,
}

const mainFiles: Record<Language, string> = { python: 'main.py', javascript: 'main.js', typescript: 'main.ts' }
export const scriptOf = (stdin = '', ...given: string[]): Job['work'] => ({ kind: 'script', stdin, arguments: given })
export const inProcess = (code: string): Job['work'] => ({ kind: 'in-process', code })
export const call = (name: string, ...values: Value[]): Call => ({ steps: [{ name, arguments: values }] })
export const callsOf = (...calls: Call[]): Job['work'] => ({ kind: 'calls', calls })
export const aJob = (language: Language, content: string, work: Job['work']): Job => ({
  language,
  files: [{ path: mainFiles[language], content }],
  work,
})

/** Opens the driver once for a file of tests: its proof is the dear part. */
export function openedSandbox({ open }: SandboxContract) {
  let sandbox: Sandbox | undefined
  beforeAll(async () => {
    sandbox = await open()
  })
  afterAll(async () => sandbox?.close())
  return {
    sandbox: () => sandbox as Sandbox,
    run: async (language: Language, content: string, work: Job['work'], more: Partial<Limits> = {}) =>
      Run.parse(await sandbox?.run(aJob(language, content, work), { limits: { ...limits, ...more } })),
  }
}

const returned = (value: Value): Observation => ({ kind: 'returned', value })
const raised = (type: string, message: string): Observation => ({ kind: 'raised', error: { type, message } })

const common: Value[] = [null, true, 'text \u0000 \u{1f600}', 7, -3, { $: 'bytes', v: 'AP8=' }, [1, [2, []]], { $: 'set', v: [1, 2] }]
const plain: Record<Language, Value[]> = {
  python: [...common, { $: 'int', v: '1180591620717411303424' }, { $: 'float', v: '-0.0' }, { $: 'float', v: 'nan' }, { $: 'tuple', v: [1, 'a'] }],
  javascript: [...common, 7.5, { $: 'undefined' }, { $: 'int', v: '1180591620717411303424' }, { $: 'float', v: '-0' }, { $: 'float', v: 'NaN' }],
  typescript: [...common, 7.5, { $: 'map', v: [['__proto__', 1], ['b', [2]]] }],
}

const python = `
import math
CONSTANT = 5
same = lambda x: x
def append(x):
    x.append(1)
    return x
class Stack:
    def __init__(self): self.held = []
    def push(self, x): self.held.append(x); return self
def fail(x): raise KeyError(x)
def absent(x): import nowhere_to_be_found
def spin(x):
    while True: pass
class Liar(int):
    __eq__ = lambda a, b: True
def lie(x): return Liar(1)
`
const javascript = `
const CONSTANT = 5
const same = (x) => x
async function append(x) { x.push(1); return x }
class Stack { held = []; push(x) { this.held.push(x); return this } }
function fail(x) { throw new RangeError(x) }
const absent = () => require('nowhere-to-be-found')
function spin() { for (;;); }
const lie = () => new Proxy({}, { get: (target, key) => (key === 'then' ? undefined : () => true) })
`
/** The program, what calls into it give, and the same things said by scripts and tests. */
const programs: Record<Language, { code: string; fails: Observation; lie: Value; shout: string; fits: string; isOne: string; broken: string }> = {
  python: {
    code: python,
    fails: raised('KeyError', "'x'"),
    lie: { $: 'opaque', v: 'Liar' },
    shout: 'import sys\nprint(sys.stdin.read().upper() + sys.argv[1])\nprint("aside", file=sys.stderr)\nsys.exit(3)',
    fits: 'one = 1',
    isOne: 'assert one == 1',
    broken: 'def f(:',
  },
  javascript: {
    code: javascript,
    fails: raised('RangeError', 'x'),
    lie: { $: 'opaque', v: 'Proxy' },
    shout: 'console.log(require("fs").readFileSync(0, "utf8").toUpperCase() + process.argv[2])\nconsole.error("aside")\nprocess.exit(3)',
    fits: 'const one = 1',
    isOne: 'require("node:assert").equal(one, 1)',
    broken: 'function f( {',
  },
  typescript: {
    code: javascript.replace('x) { this', 'x: unknown) { this').replace('held =', 'held: unknown[] =').replace('(target, key)', '(target: object, key: unknown)'),
    fails: raised('RangeError', 'x'),
    lie: { $: 'opaque', v: 'Proxy' },
    shout: 'import { readFileSync } from "node:fs"\nconsole.log(readFileSync(0, "utf8").toUpperCase() + process.argv[2])\nconsole.error("aside")\nprocess.exit(3)',
    fits: 'const one: number = 1',
    isOne: 'import assert from "node:assert"\nassert.equal(one, 1)',
    broken: 'const f: = 1',
  },
}

/** What TypeScript and JSX mean is decided once for all drivers. */
const syntaxes: [string, string, string, Value][] = [
  ['an enum', 'main.ts', 'enum Colour { Red, Green = "g" }\nexport const f = () => [Colour[0], Colour.Green]', ['Red', 'g']],
  ['a namespace', 'main.ts', 'namespace N { export const x = 1 }\nexport const f = () => N.x', 1],
  ['parameter properties', 'main.ts', 'class P { constructor(private readonly x: number) {}\n get() { return this.x } }\nexport const f = () => new P(4).get()', 4],
  ['a decorator', 'main.ts', 'const twice = (t: object, k: string, d: PropertyDescriptor) => ({ ...d, value: () => 2 * d.value() })\nclass D { @twice m() { return 2 } }\nexport const f = () => new D().m()', 4],
  ['a standard decorator', 'main.ts', 'const named = (m: unknown, context: ClassMethodDecoratorContext) => () => context.name\nclass D { @named m() { return 2 } }\nexport const f = () => new D().m()', 'm'],
  ['JSX without React', 'main.tsx', 'const B = (): null => null\nexport const f = (): unknown => (<B><i id="x" /></B>).props.children.props', { $: 'map', v: [['id', 'x']] }],
  ['JSX with a factory of its own', 'main.jsx', '/** @jsx h */\nconst h = (tag, props, ...children) => [tag, ...children]\nexport const f = () => <b>{1}</b>', ['b', 1]],
]

/** What every driver keeps to. What it withstands is in `sandbox-attacks.ts`. */
export function keepsTheSandboxContract(name: string, contract: SandboxContract): void {
  describe.skipIf(contract.skipped !== undefined)(`${name}${contract.skipped === undefined ? '' : ` (${contract.skipped})`}`, () => {
    const { sandbox, run } = openedSandbox(contract)
    const everywhere = (title: string, work: (language: Language) => Promise<void>) =>
      test.each(contract.languages ?? Language.options)(`${title} (%s)`, async (language) => {
        if (sandbox().languages.includes(language)) await work(language)
        else await expect(run(language, '', scriptOf())).rejects.toMatchObject({ code: 'LANGUAGE_UNSUPPORTED' })
      })

    test('it has proved its confinement, attempt by attempt, in each language', async () => {
      const { attempts, languages } = await sandbox().prove()
      expect(languages).toEqual(sandbox().languages)
      expect(new Set(attempts.map(({ language }) => language))).toEqual(new Set(languages))
      expect(attempts.filter(({ refused }) => !refused)).toEqual([])
    })

    everywhere('calls take and give plain data, and each call is for itself', async (language) => {
      const { code, fails, lie } = programs[language]
      const chain: Call = { steps: [{ name: 'Stack', arguments: [] }, { name: 'push', arguments: [1] }, { name: 'held' }] }
      const others = [call('append', []), call('append', []), chain, { steps: [{ name: 'CONSTANT' }] }, call('fail', 'x'), call('absent', 1), call('lie', 1)]
      const seen = await run(language, code, callsOf(...plain[language].map((value) => call('same', value)), ...others))
      expect(seen.outcome).toBe('completed')
      const rest = [returned([1]), returned([1]), returned([1]), returned(5), fails, { kind: 'unsupported' }, returned(lie)]
      expect(seen.observations).toEqual([...plain[language].map(returned), ...rest])
    })

    everywhere('a call that never ends is timed out, and those behind it are made', async (language) => {
      const seen = await run(language, programs[language].code, callsOf(call('same', 1), call('spin', 1), call('same', 2)), { cpuMs: 600 })
      expect(seen.observations).toEqual([returned(1), { kind: 'timed-out' }, returned(2)])
    })

    everywhere('a script reads its input and arguments, and sets its status', async (language) => {
      const seen = await run(language, programs[language].shout, scriptOf('input ', 'last'))
      expect(seen).toMatchObject({ outcome: 'completed', exitCode: 3, stdout: 'INPUT last\n', stderr: 'aside\n' })
    })

    everywhere('an in-process test passes, fails, or is never reached', async (language) => {
      const { fits, isOne, broken } = programs[language]
      const outcomes = [fits, fits.replace('1', '2'), broken].map(async (code) => (await run(language, code, inProcess(isOne))).outcome)
      expect(await Promise.all(outcomes)).toEqual(['completed', 'raised', 'raised'])
    })

    everywhere('a program that does not parse has raised a SyntaxError, and none of its calls was made', async (language) => {
      const seen = await run(language, programs[language].broken, callsOf(call('f', 1)))
      expect(seen).toMatchObject({ outcome: 'raised', error: { type: 'SyntaxError' }, observations: [{ kind: 'not-run' }] })
    })

    everywhere('a missing import at the start is unsupported, which is unknown and not a failure', async (language) => {
      const seen = await run(language, 'import nowhere' + (language === 'python' ? '' : ' from "nowhere"; nowhere()'), scriptOf())
      expect(seen.outcome).toBe('unsupported')
    })

    test.each(syntaxes)('%s means the same on every driver', async (_what, path, content, value) => {
      const job: Job = { language: 'typescript', files: [{ path, content }], work: callsOf(call('f')) }
      expect((await sandbox().run(job, { limits })).observations).toEqual([returned(value)])
    })

    everywhere('programs that run at once do not meet', async (language) => {
      const runs = [1, 2, 3].map((value) => run(language, programs[language].code, callsOf(call('same', value))))
      expect((await Promise.all(runs)).map(({ observations }) => observations)).toEqual([1, 2, 3].map((value) => [returned(value)]))
    })

    test.each<[string, unknown]>([
      ['no files', { ...aJob('javascript', '', scriptOf()), files: [] }],
      ['a path outside', { ...aJob('javascript', '', scriptOf()), files: [{ path: '../x.js', content: '' }] }],
      ['a call of nothing', aJob('javascript', '', { kind: 'calls', calls: [{ steps: [] }] })],
      ['an unknown kind of work', { ...aJob('javascript', '', scriptOf()), work: { kind: 'magic' } }],
    ])('a job with %s is refused as invalid input', async (_what, job) => {
      const failure = await sandbox().run(job as Job, { limits }).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(CountersignError)
      expect(failure).toMatchObject({ code: 'INPUT_INVALID' })
    })

    test("a script's output comes in the order of Node's event loop, all of it, before it exits", async () => {
      const code = `
setTimeout(() => { process.stdout.write('x'.repeat(100_000)); process.exit() }, 5)
Promise.resolve().then(() => console.log('promise'))
process.nextTick(() => console.log('tick'))
console.log(require('fs').readFileSync('/dev/stdin', 'utf8'), { a: 'b' })`
      const { stdout } = await run('javascript', code, scriptOf('input'))
      expect(stdout.replace(/x+/, 'x')).toBe("input { a: 'b' }\ntick\npromise\nx")
      expect(stdout.length).toBeGreaterThan(100_000)
    })

    test('a project brings its packages, and they cannot be changed', async () => {
      const project = mkdtempSync(join(tmpdir(), 'countersign-project-'))
      try {
        const folder = join(project, 'node_modules', 'left')
        mkdirSync(folder, { recursive: true })
        chmodSync(project, 0o755)
        writeFileSync(join(folder, 'index.js'), 'exports.pad = (text) => ` ${text}`')
        const code = `import { pad } from 'left'\nimport fs from 'node:fs'\nexport const f = () => pad('x')\nexport const g = (path) => fs.writeFileSync(path, '')`
        const job = { ...aJob('javascript', code, callsOf(call('f'), call('g', join(folder, 'new')), call('g', 'node_modules/left/new'))), project }
        const { observations } = await sandbox().run(job, { limits })
        expect(observations[0]).toEqual(returned(' x'))
        expect(observations.slice(1).map(({ kind }) => kind)).not.toContain('returned')
        expect(readdirSync(folder)).toEqual(['index.js'])
      } finally {
        rmSync(project, { recursive: true })
      }
    })

    everywhere('a run that is given up is interrupted, and the sandbox goes on', async (language) => {
      const { code } = programs[language]
      const options = { limits, signal: AbortSignal.timeout(500) }
      await expect(sandbox().run(aJob(language, code, callsOf(call('spin', 1))), options)).rejects.toMatchObject({ code: 'INTERRUPTED' })
      expect((await run(language, code, callsOf(call('same', 1)))).observations).toEqual([returned(1)])
    })
  })
}
