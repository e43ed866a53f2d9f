import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The package as users get it: built, packed, unpacked somewhere else, with what it depends on and nothing more.
const root = resolve(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; dependencies: Record<string, string> }
// What dependencies bring along for the machine lies beside them.
const platforms = ['@deno', '@typescript', '@oxc-transform']
let app: string

beforeAll(() => {
  app = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-package-')))
  run(process.execPath, ['scripts/build.ts'], root)
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', app], root)
  const place = join(app, 'node_modules/countersign')
  mkdirSync(place, { recursive: true })
  run('tar', ['-xzf', join(app, `countersign-${manifest.version}.tgz`), '-C', place, '--strip-components=1'], app)
  for (const name of [...Object.keys(manifest.dependencies), ...platforms]) link(name)
}, 300_000)

afterAll(() => rmSync(app, { recursive: true, force: true }))

function run(program: string, given: readonly string[], cwd: string): string {
  return execFileSync(program, given, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

function link(name: string): void {
  mkdirSync(dirname(join(app, 'node_modules', name)), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), join(app, 'node_modules', name))
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(app, path)), { recursive: true })
  writeFileSync(join(app, path), content)
}

function countersign(...given: string[]) {
  const environment = { PATH: process.env['PATH'], HOME: app }
  const { stdout, stderr, status } = spawnSync(process.execPath, ['node_modules/countersign/dist/surface/cli/main.js', ...given], { cwd: app, env: environment, encoding: 'utf8' })
  return { stdout, stderr, status }
}

const injection = 'import os\nfrom flask import request\n\ndef f():\n    os.system(request.args["x"])\n'

test('scan finds what is wrong in a file, and in a folder that takes threads', () => {
  write('one/app.py', injection)
  expect(countersign('scan', 'one')).toMatchObject({ status: 1, stdout: expect.stringContaining('python/command-injection') })
  for (let i = 0; i < 90; i++) write(`many/${i}.${i % 2 === 0 ? 'py' : 'ts'}`, i === 88 ? injection : '')
  const { stdout, status } = countersign('scan', 'many', '--format', 'sarif')
  const { runs } = JSON.parse(stdout) as { runs: { results: { ruleId: string }[] }[] }
  expect([status, runs.flatMap(({ results }) => results.map(({ ruleId }) => ruleId))]).toEqual([1, ['python/command-injection']])
})

test('scan --fix mends, and knows the packages that people use', () => {
  write('fix/app.py', 'import requests\nimport reqeusts\nrequests.get("https://example.org", verify=False)\n')
  const { stdout } = countersign('scan', 'fix', '--all', '--fix')
  expect(readFileSync(join(app, 'fix/app.py'), 'utf8')).not.toContain('verify=False')
  expect(stdout).toMatch(/reqeusts/)
})

test('select chooses by running the candidates, in both languages', () => {
  write('task.md', 'Double a number.\n\ndouble(2) == 4\n')
  write('js/right.ts', 'export function double(n: number): number {\n  return n * 2\n}\n')
  write('js/wrong.ts', 'export function double(n: number): number {\n  return n + 3\n}\n')
  write('py/right.py', 'def double(n):\n    return n * 2\n')
  write('py/wrong.py', 'def double(n):\n    return n + 3\n')
  for (const [folder, ending] of [['js', 'ts'], ['py', 'py']] as const) {
    const chosen = countersign('select', '--task', 'task.md', '--entry', 'double', folder, '--set', 'sandbox.driver=deno')
    expect(chosen).toMatchObject({ status: 0, stdout: readFileSync(join(app, folder, `right.${ending}`), 'utf8') })
  }
})

test('doctor finds the portable sandbox', () => {
  expect(countersign('doctor').stdout).toMatch(/deno sandbox/)
})

test('its exports can be imported', () => {
  write('use.mjs', "import { select } from 'countersign'\nimport { scan } from 'countersign/scan'\nimport { digestRecord } from 'countersign/verify'\nimport { scripted } from 'countersign/testing'\nconst { findings } = await scan([{ path: 'a.py', content: 'eval(input())' }])\nconsole.log([typeof select, digestRecord({}).length, typeof scripted, findings[0].cwe].join(' '))\n")
  expect(run(process.execPath, ['use.mjs'], app)).toBe('function 71 function 94\n')
})

test('it holds the notices of what is bundled', () => {
  const notices = readFileSync(join(app, 'node_modules/countersign/dist/THIRD-PARTY-NOTICES.md'), 'utf8')
  expect(notices).toMatch(/^## zod .*\(MIT\)\n\n[^#]*Permission is hereby granted/m)
})
