import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const main = resolve(import.meta.dirname, 'main.ts')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function countersign(commandLine: string, environment: Record<string, string> = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [main, ...commandLine.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, XDG_STATE_HOME: join(folder, 'state'), ...environment },
  })
}

test('config prints what is in force and where it came from', () => {
  const { stdout, status } = countersign('config --seed 4', { COUNTERSIGN_INPUTS_COUNT: '5' })
  expect(status).toBe(0)
  expect(stdout).toMatch(/^seed +4 +--seed$/m)
  expect(stdout).toMatch(/^inputs\.count +5 +COUNTERSIGN_INPUTS_COUNT$/m)
  expect(stdout).toMatch(/^sandbox\.driver +auto +default$/m)
  const document: unknown = JSON.parse(countersign('config --json --set sandbox.limits.cpuMs=7').stdout)
  expect(document).toMatchObject({ 'sandbox.limits.cpuMs': { value: 7, from: 'flag', name: '--set sandbox.limits.cpuMs' }, seed: { value: 1, from: 'default' } })
})

test('a wrong setting is a clear message and exit code 2', () => {
  const path = join(folder, 'wrong.json')
  writeFileSync(path, '{"sede": 1}')
  const { stdout, stderr, status } = countersign(`config --config ${path}`)
  expect({ stdout, stderr, status }).toEqual({
    stdout: '',
    stderr: `countersign: CONFIGURATION_INVALID: ${path}: there is no setting sede; did you mean seed?\n`,
    status: 2,
  })
  expect(countersign(`config --config ${path} --debug`).stderr).toContain('at ')
})

test('an unknown command or option is exit code 2 with the nearest suggested', () => {
  expect(countersign('confg')).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean config?') })
  expect(countersign('config --sed 1')).toMatchObject({ status: 2, stderr: expect.stringContaining('--seed') })
})

test('every command shows its help with examples', () => {
  const help = countersign('--help')
  expect(help).toMatchObject({ status: 0, stderr: '' })
  const names = [...help.stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map((match) => match[1] ?? '')
  expect(names.length).toBeGreaterThan(1)
  for (const name of names) {
    expect(countersign(`${name} --help`)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining(`Examples:\n  countersign ${name}`) })
  }
})

test('an empty store lists no runs, and one that cannot be used is exit code 3', () => {
  expect(countersign('runs')).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('no runs yet') })
  expect(countersign('runs --json').stdout).toBe('[]\n')
  expect(countersign('runs --store /dev/null/store')).toMatchObject({ status: 3, stderr: expect.stringContaining('STORE_UNAVAILABLE') })
})

test('a reader that goes away early is no error', async () => {
  const child = spawn(process.execPath, [main, 'config', '--json'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += String(chunk)))
  const [status] = (await once(child, 'close')) as unknown[]
  expect({ status, complaint }).toEqual({ status: 0, complaint: '' })
})
