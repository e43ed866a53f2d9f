import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CountersignError } from '../errors.ts'
import { Store } from './store.ts'

const writer = resolve(import.meta.dirname, '../../test/fixtures/write-run.ts')
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-store-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function withStore<T>(use: (store: Store) => T): T {
  const store = Store.open(folder)
  try {
    return use(store)
  } finally {
    store.close()
  }
}

function failure(work: () => unknown): { code: string; message: string } {
  try {
    work()
  } catch (error) {
    if (error instanceof CountersignError) return { code: error.code, message: error.message }
    throw error
  }
  return { code: 'none', message: '' }
}

function aRun(): string {
  return withStore((store) => {
    const run = store.begin({ title: 'a task', versions: { countersign: '0.0.0' } })
    run.add('task', { id: 't' })
    run.add('candidate', { id: 'c', code: 'x'.repeat(100) })
    run.end({ stop: 'finished' })
    return run.id
  })
}

/** The first file of the store's objects whose text has `needle`. */
function objectWith(needle: string): string {
  const paths = readdirSync(join(folder, 'objects'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  const found = paths.map((path) => join(folder, 'objects', path)).find((path) => readFileSync(path, 'utf8').includes(needle))
  if (found === undefined) throw new Error(`no object with ${needle}`)
  return found
}

test('what was recorded is read back in its order', () => {
  const id = aRun()
  withStore((store) => {
    expect(store.read(id).map(({ kind, record }) => ({ kind, record }))).toEqual([
      { kind: 'task', record: { id: 't' } },
      { kind: 'candidate', record: { id: 'c', code: 'x'.repeat(100) } },
    ])
    expect(store.list()).toMatchObject([{ id, title: 'a task', ending: { stop: 'finished' }, versions: { countersign: '0.0.0' } }])
  })
})

test('a run is found by its id, by the start of its id, and as the latest', () => {
  const first = aRun()
  withStore((store) => {
    expect(store.find(first).id).toBe(first)
    expect(store.find(first.slice(0, -2)).id).toBe(first)
    expect(store.find('latest').id).toBe(first)
    expect(failure(() => store.find('nowhere'))).toMatchObject({ code: 'RUN_NOT_FOUND' })
  })
  aRun()
  withStore((store) => expect(failure(() => store.find(first.slice(0, 4))).message).toContain('2 runs start with'))
})

test('the store keeps itself out of version control', () => {
  aRun()
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n')
})

test('a record that was changed, cut or removed is noticed by name', () => {
  const id = aRun()
  const path = objectWith('xxx')
  const whole = readFileSync(path, 'utf8')
  for (const damage of [() => writeFileSync(path, whole.replace('x', 'y')), () => truncateSync(path, 20), () => rmSync(path)]) {
    damage()
    const { code, message } = withStore((store) => failure(() => store.read(id)))
    expect([code, message.includes(path)]).toEqual(['EVIDENCE_BROKEN', true])
  }
})

test('a record cut short is made whole when it is recorded again', () => {
  aRun()
  truncateSync(objectWith('xxx'), 20)
  const id = aRun()
  expect(withStore((store) => store.read(id))).toHaveLength(2)
})

test('a store of a newer format, a damaged one and one that is not ours are refused with what to do', () => {
  const path = join(folder, 'runs.sqlite')
  aRun()
  sql(path, 'PRAGMA user_version = 2')
  expect(failure(() => withStore(() => 0))).toMatchObject({ code: 'EVIDENCE_BROKEN', message: expect.stringContaining('newer Countersign (record format 2)') })

  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
  writeFileSync(path, 'not a database '.repeat(400))
  expect(failure(() => withStore(() => 0))).toMatchObject({ code: 'EVIDENCE_BROKEN', message: expect.stringContaining('move it away') })

  rmSync(path)
  sql(path, 'CREATE TABLE theirs (x)')
  expect(failure(() => withStore(() => 0))).toMatchObject({ code: 'EVIDENCE_BROKEN', message: expect.stringContaining('something else') })
})

test('a folder that cannot be made is a clear failure', () => {
  writeFileSync(join(folder, 'file'), '')
  for (const path of [join(folder, 'file', 'store'), '/proc/no-such-process/store']) {
    expect(failure(() => Store.open(path))).toMatchObject({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('--store') })
  }
})

test('a killed run keeps what it had recorded', async () => {
  const child = spawn(process.execPath, [writer, folder, '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let seen = ''
  for await (const chunk of child.stdout) {
    seen += String(chunk)
    if (seen.split('\n').length > 20) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  const [id = '', ...pieces] = seen.trim().split('\n')
  withStore((store) => {
    expect(store.find(id).ending).toBeUndefined()
    expect(store.read(id).length).toBeGreaterThanOrEqual(pieces.length)
    expect(failure(() => store.begin({ title: 'next', versions: {} }).end({ stop: 'finished' })).code).toBe('none')
  })
})

test('several processes record in one new store at once', async () => {
  const children = Array.from({ length: 3 }, () => spawn(process.execPath, [writer, join(folder, 'new'), '40'], { stdio: ['ignore', 'ignore', 'inherit'] }))
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as unknown))
  expect(codes).toEqual([0, 0, 0])
  folder = join(folder, 'new')
  withStore((store) => expect(store.list().map((run) => store.read(run.id).length)).toEqual([40, 40, 40]))
})

test.skipIf(process.platform === 'win32')('a disk that takes no more is a clear failure that keeps what was recorded', () => {
  // A limit on the size of a file is how a shell gives one process a full disk: the database's log outgrows it.
  const shell = `ulimit -f 256; exec "${process.execPath}" "${writer}" "${folder}" 60`
  const { status, stderr, stdout } = spawnSync('sh', ['-c', shell], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining('STORE_UNAVAILABLE') })
  const [id = '', ...pieces] = stdout.trim().split('\n')
  withStore((store) => expect(store.read(id).length).toBeGreaterThanOrEqual(pieces.length))
})

const canMount = spawnSync('unshare', ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

test.skipIf(!canMount)(`a full disk says what to do${canMount ? '' : ' (skipped: needs user namespaces)'}`, () => {
  const shell = `mount -t tmpfs -o size=400k none "${folder}" && exec "${process.execPath}" "${writer}" "${folder}" 60 100000`
  const { status, stderr } = spawnSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', shell], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringMatching(/STORE_UNAVAILABLE.*(free some space|disk)/) })
})

function sql(path: string, text: string): void {
  const database = new DatabaseSync(path)
  database.exec(text)
  database.close()
}
