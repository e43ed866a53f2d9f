import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { aJob, call, callsOf, inProcess, limits, openedSandbox, scriptOf } from '../../test/contract/sandbox.ts'
import { withoutBubblewrap } from '../../test/support/bubblewrap.ts'
import type { Job } from '../ports.ts'
import type { Value } from '../records/value.ts'
import { openBubblewrap } from './bubblewrap.ts'
import { findPython } from './python.ts'
import { refusedCalls } from './seccomp.ts'

// What this driver does beyond the contract of all drivers.
const skipped = withoutBubblewrap === undefined ? '' : ` (${withoutBubblewrap})`
const root = join(import.meta.dirname, '../..')
const isRoot = process.getuid?.() === 0

const adding = (sum: string) => [
  { path: 'add.ts', content: `export const add = (a: number, b: number) => ${sum}` },
  { path: 'add.test.ts', content: `import { expect, test } from 'vitest'\nimport { add } from './add'\ntest('adds', () => { expect(add(1, 2)).toBe(3) })` },
]

const filtered = Object.entries(refusedCalls).flatMap(([name, [x64, arm64]]): [string, number][] => {
  const number = process.arch === 'x64' ? x64 : arm64
  return number === undefined ? [] : [[name, number]]
})
const callKernel = `
import ctypes, errno
library = ctypes.CDLL(None, use_errno=True)
def ask(number, *arguments):
    if library.syscall(number, *(ctypes.c_long(argument) for argument in arguments)) >= 0: return 'done'
    return errno.errorcode[ctypes.get_errno()]`

/** Looks through all memory near the heap and near the objects of Python for a word, which it is told backwards. */
const searchMemory = `
import ctypes, os
library = ctypes.CDLL(None)
library.sbrk.restype = ctypes.c_void_p
def find(backwards):
    page = os.open('/tmp/page', os.O_RDWR | os.O_CREAT)
    count = pages = 0
    for middle in (library.sbrk(0), id(object())):
        start = (middle & ~4095) - (32 << 20)
        for address in range(start, start + (64 << 20), 4096):
            os.lseek(page, 0, 0)
            # The kernel reads for us: it says so where nothing is mapped.
            if library.write(page, ctypes.c_void_p(address), 4096) == 4096:
                count += os.pread(page, 4096, 0)[::-1].count(backwards.encode())
                pages += 1
    return [count > 0, pages > 1000]
def remember(backwards):
    global kept
    kept = [backwards[::-1] + str(number) for number in range(9)]
    return find(backwards)`

/** Whether the word was found, and whether there was memory to look at. */
const found = (isThere: boolean) => [{ kind: 'returned', value: [isThere, true] }]

describe.skipIf(skipped !== '')(`the warden${skipped}`, () => {
  const { sandbox, run } = openedSandbox({ open: () => openBubblewrap({ concurrency: 1 }) })

  test('every system call of the list is refused to a program', async () => {
    const seen = await run('python', callKernel, callsOf(...filtered.map(([, number]) => call('ask', number))))
    const answers = seen.observations.map((observation, index) => [filtered[index]?.[0], observation])
    expect(answers).toEqual(filtered.map(([name]) => [name, { kind: 'returned', value: 'EPERM' }]))
  })

  test('namespaces and strange sockets are refused by their arguments', async () => {
    const [clone, socket] = process.arch === 'x64' ? [56, 41] : [220, 198]
    const asked: Value[][] = [[clone, 0x10000011], [435, 0, 0], [socket, 40, 1], [socket, 16, 3], [socket, 1, 1, 0]]
    const seen = await run('python', callKernel, callsOf(...asked.map((values) => call('ask', ...values))))
    const said = seen.observations.map((observation) => (observation.kind === 'returned' ? observation.value : observation.kind))
    expect(said).toEqual(['EPERM', 'ENOSYS', 'EPERM', 'EPERM', 'done'])
  })

  test('nothing of one program is in the memory of the next', async () => {
    const word = 'seldom-seen-word-in-memory'
    const backwards = word.split('').toReversed().join('')
    expect((await run('python', searchMemory, callsOf(call('remember', backwards)))).observations).toEqual(found(true))
    const say = `f = lambda: ["${word}"] * 100\nprint("${word}" * 100)`
    for (let time = 0; time < 5; time++) await run('python', say, callsOf(call('f')))
    expect((await run('python', searchMemory, callsOf(call('find', backwards)))).observations).toEqual(found(false))
  })

  test('a program has no descriptor but its own, is nobody, and is alone', async () => {
    const code = `
import os
def f():
    descriptors = []
    for descriptor in range(256):
        try: os.fstat(descriptor); descriptors.append(descriptor)
        except OSError: pass
    groups = [group for group in os.getgroups() if group not in (os.getgid(), 65534)]
    return [descriptors, os.getpid(), os.getppid(), groups, sorted(os.listdir('/proc'))]`
    expect((await run('python', code, callsOf(call('f')))).observations).toEqual([{ kind: 'returned', value: [[0, 1, 2, 3], 1, 0, [], []] }])
  })

  test('files stay below their limit, all together', async () => {
    const code = `
def f():
    written = 0
    try:
        for number in range(100):
            with open(f'/tmp/{number}', 'wb', buffering=0) as file:
                while True: written += file.write(b'x' * 4096)
    except OSError as error:
        return [error.errno, written <= 3 * 1024 * 1024]`
    const seen = await run('python', code, callsOf(call('f')), { fileBytes: 1024 * 1024 })
    expect(seen.observations).toEqual([{ kind: 'returned', value: [expect.toBeOneOf([27, 28]) as number, true] }])
  })

  test.each([1, 30_000, 65_536, 100_000])('output that passes its limit by %i bytes as the program ends is too much, and no more', async (more) => {
    const code = `import os\nos.write(1, b"x" * ${limits.outputBytes + more})`
    const seen = await run('python', code, scriptOf())
    expect([seen.outcome, seen.stdout.length]).toEqual(['output-limit', limits.outputBytes])
  })

  test('a container that dies loses nothing but the run in it, which is tried once more', async () => {
    const slow = run('python', 'import time\ntime.sleep(1)\nprint("done")', scriptOf())
    await killContainers(300)
    expect((await slow).stdout).toBe('done\n')
    const twice = run('python', 'import time\ntime.sleep(2)', scriptOf())
    await killContainers(300)
    await killContainers(800)
    await expect(twice).rejects.toMatchObject({ code: 'SANDBOX_BROKEN' })
    expect((await run('python', 'print("still here")', scriptOf())).stdout).toBe('still here\n')
  })

  test('commands of the runtimes run in the folder of the files', async () => {
    const files = [
      { path: 'check.test.mjs', content: 'import test from "node:test"\nimport { value } from "./lib/value.mjs"\ntest("one", () => { if (value !== 1) throw value })' },
      { path: 'lib/value.mjs', content: 'export const value = 1' },
    ]
    const command = (name: string, ...given: string[]): Job => ({ language: 'javascript', files, work: { kind: 'command', command: [name, ...given] } })
    const seen = await sandbox().run(command('node', '--test', '--test-reporter=tap'), { limits })
    expect(seen).toMatchObject({ outcome: 'completed', exitCode: 0, stdout: expect.stringContaining('# pass 1') as string })
    const failing = await sandbox().run(command('node', '-e', 'process.exit(7)'), { limits })
    expect(failing).toMatchObject({ outcome: 'completed', exitCode: 7 })
    const python = await sandbox().run(command('python3', '-c', 'import os; print(sorted(os.listdir()))'), { limits })
    expect(python.stdout).toBe("['check.test.mjs', 'lib']\n")
    expect((await sandbox().run(command('sh', '-c', 'true'), { limits })).outcome).toBe('unsupported')
  })

  const runTests = (sum: string) => {
    const job: Job = { language: 'typescript', project: root, files: adding(sum), work: { kind: 'command', command: ['vitest', 'run', '--reporter=default', 'add.test.ts'] } }
    return sandbox().run(job, { limits: { ...limits, cpuMs: 5000, wallMs: 60_000 } })
  }

  test("a project's own vitest runs its tests and tells a right program from a wrong one", async () => {
    const right = await runTests('a + b')
    expect(right).toMatchObject({ outcome: 'completed', exitCode: 0 })
    expect(stripVTControlCharacters(right.stdout)).toMatch(/Tests +1 passed/)
    const wrong = await runTests('a - b')
    expect(wrong).toMatchObject({ outcome: 'completed', exitCode: 1 })
    expect(stripVTControlCharacters(wrong.stdout)).toMatch(/Tests +1 failed/)
  })

  test('a command reaches servers of its own on the loopback address, and nothing else', async () => {
    const content = `
import { createServer } from 'node:http'
const server = createServer((request, response) => response.end('served')).listen(0, 'localhost', async () => {
  console.log(await (await fetch('http://localhost:' + server.address().port)).text(), process.memoryUsage.rss())
  process.exit(0)
})`
    const job: Job = { language: 'javascript', files: [{ path: 'main.mjs', content }], work: { kind: 'command', command: ['node', 'main.mjs'] } }
    expect(await sandbox().run(job, { limits })).toMatchObject({ outcome: 'completed', stdout: 'served 0\n' })
  })
})

describe.skipIf(skipped !== '')(`a project in the sandbox${skipped}`, () => {
  const { sandbox } = openedSandbox({ open: () => openBubblewrap({ concurrency: 1 }) })

  test.each([
    ['open to all', 0o755],
    ['closed to others', 0o700],
  ])('its packages are there to be read, and nothing else of it, in a folder that is %s', async (_what, mode) => {
    const folder = mkdtempSync(join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), 'countersign-project-'))
    try {
      await fill(folder)
      chmodSync(folder, mode)
      const withProject = (job: Job) => sandbox().run({ ...job, project: folder }, { limits })
      const python = `import b, os\ndef f():\n  try: open(b.__file__, 'a')\n  except OSError as e: return [b.x, e.errno, sorted(os.listdir('/project'))]`
      const inPython = await withProject(aJob('python', python, callsOf(call('f'))))
      expect(inPython.observations).toEqual([{ kind: 'returned', value: [2, 30, ['node_modules', 'site-packages']] }])
      const inNode = await withProject(aJob('javascript', 'const f = () => require("a").x', callsOf(call('f'))))
      expect(inNode.observations).toEqual([{ kind: 'returned', value: 1 }])
      const inTest = await withProject(aJob('typescript', 'import { x } from "a"', inProcess('if (x !== 1) throw x')))
      expect(inTest.outcome).toBe('completed')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('an environment of another Python makes its programs unsupported', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-project-'))
    chmodSync(folder, 0o755)
    put(folder, 'venv/pyvenv.cfg', '')
    put(folder, 'venv/lib/python3.1/site-packages/b.py', '')
    expect((await sandbox().run({ ...aJob('python', 'x = 1', scriptOf()), project: folder }, { limits })).outcome).toBe('unsupported')
    rmSync(folder, { recursive: true })
  })
})

test('a container with a hole is unavailable', async ({ skip }) => {
  if (withoutBubblewrap !== undefined) skip(withoutBubblewrap)
  const folder = mkdtempSync(join(tmpdir(), 'countersign-hole-'))
  chmodSync(folder, 0o755)
  const program = join(folder, 'bwrap')
  writeFileSync(program, '#!/bin/sh\nexec /usr/bin/bwrap --bind /var/tmp /var/tmp "$@"\n', { mode: 0o755 })
  const holed = await openBubblewrap({ program, concurrency: 1 })
  try {
    const failure = holed.run(aJob('python', '', scriptOf()), { limits })
    const message = expect.stringMatching(/readSecret in python.*writeOutside in python/) as string
    await expect(failure).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE', message })
  } finally {
    await holed.close()
    rmSync(folder, { recursive: true })
  }
})

describe.skipIf(skipped !== '' || !isRoot)(`an ordinary user's sandbox${skipped}${isRoot ? '' : ' (skipped: needs root, to become another user)'}`, () => {
  test('it proves itself, and holds programs to their memory without a control group', async () => {
    const script = `
      const { openBubblewrap } = await import(${JSON.stringify(join(import.meta.dirname, 'bubblewrap.ts'))})
      const sandbox = await openBubblewrap({ concurrency: 1 })
      const job = (language, path, content) => ({ language, files: [{ path, content }], work: { kind: 'script', stdin: '', arguments: [] } })
      const greedy = job('javascript', 'a.js', 'const held = []; for (;;) held.push(new Uint8Array(16e6).fill(1))')
      const forking = job('python', 'a.py', 'import os, time\\nfor _ in range(12): os.fork() or (bytearray(b"x") * 100_000_000, time.sleep(9))\\ntime.sleep(9)')
      const plain = job('python', 'a.py', 'import os; print(os.getuid())')
      const runs = []
      for (const one of [greedy, forking, plain]) runs.push(await sandbox.run(one, { limits: ${JSON.stringify(limits)} }))
      console.log(JSON.stringify(runs.map(({ outcome, stdout }) => [outcome, stdout])))
      await sandbox.close()`
    const options = { uid: 1000, gid: 1000, env: {}, cwd: '/' }
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options)
    expect(JSON.parse(stdout)).toEqual([['out-of-memory', ''], ['out-of-memory', ''], ['completed', '1000\n']])
  })
})

function put(folder: string, path: string, content: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
}

async function fill(folder: string): Promise<void> {
  const python = await findPython()
  put(folder, 'secret.txt', 'x')
  put(folder, 'node_modules/a/index.js', 'exports.x = 1')
  put(folder, '.venv/pyvenv.cfg', '')
  const module = `.venv/lib/python${python?.version}/site-packages/b.py`
  put(folder, module, 'x = 2')
  // Nothing but the mount shall stand against writing to it.
  chmodSync(join(folder, module), 0o666)
}

/** Ends the containers that this process has started. */
async function killContainers(afterMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)
  for (const pid of children) if (readFileSync(`/proc/${pid}/comm`, 'utf8') === 'bwrap\n') process.kill(Number(pid), 'SIGKILL')
}
