import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace, ended } from '../../../test/support/command-line.ts'
import { RecordedRun } from '../../index.ts'
import { Verdict } from '../../records/verdict.ts'

let place: Workplace

beforeAll(() => {
  place = new Workplace()
  place.write('task.md', 'Double a number.\n\ndouble(2) == 4\ndouble(5) == 10\n')
  place.write('good/right.js', 'function double(n) {\n  return n * 2\n}\n')
  place.write('good/wrong.js', 'function double(n) { return n + 2 }\n')
  place.write('good/loud.js', String.raw`throw new Error("\u001b[2J\u001b]0;owned\u0007 gone")` + '\n')
  place.write('bad/wrong.js', 'function double(n) { return n + 3 }\n')
  place.write('endless/endless.js', 'function double(n) { for (;;); }\n')
})

afterAll(() => place.remove())

// oxlint-disable-next-line no-control-regex -- none of them may be there
const onlyText = /^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$/

function select(...parts: string[]): string[] {
  return ['select', '--task', 'task.md', '--entry', 'double', ...parts]
}

function runOf(stderr: string): string {
  return /run (\S+):/.exec(stderr)?.[1] ?? ''
}

test('the chosen program alone is on standard output, and what is said of it shows no control characters', async () => {
  const { stdout, stderr, status } = await place.run(select('good'))
  expect({ stdout, status }).toEqual({ stdout: readFileSync(join(place.folder, 'good/right.js'), 'utf8'), status: 0 })
  expect(stderr).toMatch(/right\.js.*2\/2/)
  expect(stderr).toContain('owned gone')
  expect(stderr).toMatch(onlyText)
})

test('--json is the verdict and nothing else; the record holds the whole run and replays to the same bytes', async () => {
  const { stdout, stderr, status } = await place.run(select('good', '--json'))
  expect(status).toBe(0)
  const verdict = Verdict.parse(JSON.parse(stdout))
  expect(verdict.choice).toMatchObject({ kind: 'chosen', id: 'right.js' })
  const shown = RecordedRun.parse(JSON.parse((await place.run(['show', runOf(stderr), '--json'])).stdout))
  expect(shown).toMatchObject({ verdict, ending: { stop: 'finished' }, configuration: { seed: 1 } })
  expect([shown.candidates.length, shown.executions.length, shown.confinement?.attempts.every(({ refused }) => refused)]).toEqual([3, 3, true])
  expect(await place.run(['replay', 'latest', '--re-execute', '--json'])).toMatchObject({ status: 0 })
})

test('--ndjson gives events as they happen and ends with the verdict', async () => {
  const { stdout } = await place.run(select('good', '--ndjson', '--quiet'))
  const lines = stdout.trim().split('\n').map((line): unknown => JSON.parse(line))
  const kinds = lines.slice(0, -1).map((line) => (line as { kind: string }).kind)
  expect([kinds[0], new Set(kinds)]).toEqual(['started', new Set(['started', 'screened', 'scanned', 'executed'])])
  expect(Verdict.parse(lines.at(-1)).choice.kind).toBe('chosen')
})

test('candidates come as JSON lines from standard input, and the program goes where -o says', async () => {
  const stdin = ['good/wrong.js', 'good/right.js'].map((path) => JSON.stringify({ id: path, code: readFileSync(join(place.folder, path), 'utf8') })).join('\n')
  const { stdout, status } = await place.run(select('--lang', 'js', '-o', 'out/chosen.js', '--quiet'), { stdin })
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  expect(readFileSync(join(place.folder, 'out/chosen.js'), 'utf8')).toContain('n * 2')
})

test('a test file that imports the program finds each candidate where --as says', async () => {
  place.write('modules/right.mjs', 'export const double = (n) => n * 2\n')
  place.write('modules/wrong.mjs', 'export const double = (n) => n + 2\n')
  place.write('double.test.mjs', `import { test } from 'node:test'\nimport { double } from './src/double.mjs'\ntest('doubles', () => { if (double(5) !== 10) throw new Error('not doubled') })\n`)
  const { stderr, stdout, status } = await place.run(['select', '--task', 'Double a number.', '--tests', 'double.test.mjs', '--as', 'src/double.mjs', 'modules'])
  if (/tests that could not be run here/.test(stderr)) expect(status).toBe(5)
  else expect({ stdout, status }).toEqual({ stdout: 'export const double = (n) => n * 2\n', status: 0 })
})

test('when nothing is good enough it abstains: nothing on standard output unless the best effort is asked for, and exit code 5', async () => {
  expect(await place.run(select('bad'))).toMatchObject({ status: 5, stdout: '', stderr: expect.stringContaining('abstained') })
  const { status, stdout, stderr } = await place.run(select('bad', '--best-effort'))
  expect({ status, stdout }).toEqual({ status: 5, stdout: 'function double(n) { return n + 3 }\n' })
  expect(stderr).toContain('best effort only')
})

test('a program that passes every test is not chosen where it lets an attacker in, and the table says how', async () => {
  const insecure = `from flask import Flask, request\nimport os\n\napp = Flask(__name__)\n\n@app.route("/ping")\ndef ping():\n    os.system("ping " + request.args["host"])\n    return ""\n\n\n`
  const stub = `import sys, types\nsys.modules["flask"] = types.SimpleNamespace(Flask=lambda name: types.SimpleNamespace(route=lambda path: lambda f: f), request=None)\n`
  const right = 'def double(n):\n    return n * 2\n'
  place.write('insecure/a.py', `${stub}${insecure}${right}`)
  expect(await place.run(select('insecure'))).toMatchObject({
    status: 5,
    stdout: '',
    stderr: expect.stringMatching(/below the security floor: python\/command-injection \(CWE-78\) at a\.py:10: [\s\S]*abstained {2}below-floor/),
  })
  place.write('insecure/b.py', right)
  expect(await place.run(select('insecure', '--quiet'))).toMatchObject({ status: 0, stdout: right })
  expect((await place.run(['show', 'latest'])).stdout).toMatch(/python\/command-injection \(CWE-78, severity critical, confidence high\)\n.*\n {2}a\.py:10 {2}the request's query/)
  expect(await place.run(['replay', 'latest', '--re-execute'])).toMatchObject({ status: 0 })
})

test('100,000 nested parentheses, 10 MB of output and a program that never ends leave the run as it is', async () => {
  const right = 'def double(n):\n    return n * 2\n'
  place.write('hostile/nested.py', `def double(n):\n    return ${'('.repeat(100_000)}n${')'.repeat(100_000)}\n`)
  place.write('hostile/flood.py', 'def double(n):\n    print("x" * 10_000_000)\n    return n * 2\n')
  place.write('hostile/endless.py', 'def double(n):\n    while True:\n        pass\n')
  place.write('hostile/cut-off.py', 'def double(n:\n')
  place.write('hostile/right.py', right)
  const { status, stdout, stderr } = await place.run(select('hostile', '--quiet'))
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: right, stderr: '' })
  const { executions } = RecordedRun.parse(JSON.parse((await place.run(['show', 'latest', '--json'])).stdout))
  expect(new Set(executions.map(({ outcome }) => outcome))).toEqual(new Set(['completed', 'output-limit', 'timed-out', 'raised']))
})

test('Ctrl-C keeps what there is and says where; the record has no verdict to replay', async () => {
  const child = place.start(select('endless', 'good', '--set', 'sandbox.limits.cpuMs=60000', '--set', 'sandbox.limits.wallMs=60000', '--concurrency', '1', '--ndjson'))
  child.stdin?.end()
  child.stdout?.once('data', () => child.stdout?.once('data', () => setTimeout(() => child.kill('SIGINT'), 1000)))
  const { status, stderr, stdout } = await ended(child)
  expect(status).toBe(3)
  expect(stdout).not.toContain('"choice"')
  const id = runOf(stderr)
  expect(stderr).toContain(`INTERRUPTED: run ${id} was interrupted; what it did is kept: countersign show ${id}`)
  const shown = RecordedRun.parse(JSON.parse((await place.run(['show', id, '--json'])).stdout))
  expect([shown.ending?.stop, shown.candidates.length, shown.task?.entryPoint]).toEqual(['interrupted', 4, 'double'])
  expect(await place.run(['replay', id])).toMatchObject({ status: 2, stderr: expect.stringContaining('ended before its verdict') })
})

test('evidence that was changed is noticed: a changed record by its digest, an exchanged one by the verdict', async () => {
  const { stderr } = await place.run(select('good', '--quiet', '--json'))
  expect(stderr).toBe('')
  const { stdout } = await place.run(['show', 'latest', '--json'])
  const { id, executions } = RecordedRun.parse(JSON.parse(stdout))
  const database = new DatabaseSync(join(place.folder, 'state/countersign/runs.sqlite'))
  const rows = database.prepare("SELECT position, digest FROM evidence WHERE run = ? AND kind = 'execution' ORDER BY position").all(id)
  expect(rows).toHaveLength(executions.length)
  // The first execution takes the place of every other one: each record is whole, and together they tell another story.
  database.prepare("UPDATE evidence SET digest = ? WHERE run = ? AND kind = 'execution'").run(rows[0]?.['digest'] ?? '', id)
  expect(await place.run(['replay', id])).toMatchObject({ status: 4, stderr: expect.stringContaining('differences') })
  const digest = String(rows[0]?.['digest']).slice('sha256:'.length)
  const path = join(place.folder, 'state/countersign/objects', digest.slice(0, 2), `${digest.slice(2)}.json`)
  writeFileSync(path, readFileSync(path, 'utf8').replace('"outcome"', '"outcomf"'))
  database.close()
  expect(await place.run(['replay', id])).toMatchObject({ status: 4, stderr: expect.stringMatching(/EVIDENCE_BROKEN.*was changed/) })
})

test('a killed run is listed as unfinished and can be shown; two runs on one store at once do not disturb each other', async () => {
  const killed = place.start(select('endless', '--set', 'sandbox.limits.cpuMs=60000'))
  killed.stdin?.end()
  killed.stderr?.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('run 2')) killed.kill('SIGKILL')
  })
  const [dead, ...alive] = await Promise.all([ended(killed), place.run(select('good')), place.run(select('good'))])
  expect(alive.map(({ status }) => status)).toEqual([0, 0])
  const id = runOf(dead.stderr)
  expect((await place.run(['runs'])).stdout).toMatch(new RegExp(`^${id} .* unfinished `, 'm'))
  expect(await place.run(['show', id])).toMatchObject({ status: 0, stdout: expect.stringContaining('the run is unfinished') })
})

const canMount = spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0

test.skipIf(!canMount)(`no sandbox is exit code 3, and the record says so${canMount ? '' : ' (skipped: needs user namespaces)'}`, async () => {
  const hide = existsSync('/usr/bin/bwrap') ? 'mount --bind /dev/null /usr/bin/bwrap && ' : ''
  const parts = select('good', '--sandbox', 'bubblewrap', '--store', 'kept').map((part) => `"${part}"`)
  const shell = `${hide}exec "${process.execPath}" "${join(import.meta.dirname, 'main.ts')}" ${parts.join(' ')}`
  const { status, stdout, stderr } = spawnSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', shell], { cwd: place.folder, env: place.environment, encoding: 'utf8' })
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain('countersign: SANDBOX_UNAVAILABLE: ')
  expect((await place.run(['show', 'latest', '--store', 'kept'])).stdout).toMatch(/^ended +failed: SANDBOX_UNAVAILABLE: [\s\S]*no verdict/m)
})

const hasTerminal = spawnSync('script', ['--version']).status === 0

test.skipIf(!hasTerminal)(`on a terminal the table is redrawn in place${hasTerminal ? '' : ' (skipped: needs script)'}`, () => {
  const command = `stty cols 60 rows 20; ${process.execPath} ${join(import.meta.dirname, 'main.ts')} select --task task.md --entry double good`
  const environment = { ...place.environment, TERM: 'xterm', SHELL: '/bin/sh' }
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { cwd: place.folder, env: environment, encoding: 'utf8' })
  expect(stdout).toContain('\u001b[4A\r')
  expect(stdout).toContain('\u001b[32m')
  expect(stdout).not.toContain('owned\u0007')
  const plain = spawnSync('script', ['-qec', command, '/dev/null'], { cwd: place.folder, env: { ...environment, NO_COLOR: '1' }, encoding: 'utf8' })
  expect(plain.stdout).not.toContain('\u001b[32m')
})
