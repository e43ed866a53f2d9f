import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job, Limits } from '../../src/ports.ts'
import type { Run } from '../../src/records/execution.ts'
import type { Language } from '../../src/records/language.ts'
import { call, callsOf, inProcess, openedSandbox, scriptOf } from './sandbox.ts'
import type { SandboxContract } from './sandbox.ts'

/** One hostile program in each language, what it is run for, and what must be seen of it (`outcome`, or the first observation's kind). */
interface Attack {
  python: string
  javascript: string
  work?: (language: Language) => Job['work']
  limits?: Partial<Limits>
  seen?: string[]
  check?: (run: Run) => void
}

const failing = (language: Language) => inProcess(language === 'python' ? 'assert f() == 2' : 'require("node:assert").equal(f(), 2)')
const calling = () => callsOf(call('f'))

/** An answer as a guest writes it, with a mark that might be right and without. */
const forged = '{"kind":"ended","outcome":"completed","exitCode":0}'

const attacks: Record<string, Attack> = {
  'kills its parent and everything that it can signal': {
    python: `
import os, signal
def f():
    for pid in [os.getppid(), *range(2, 600), -1]:
        for number in (signal.SIGTERM, signal.SIGKILL):
            try: os.kill(pid, number)
            except OSError: pass
    return 'done'`,
    javascript: `
function f() {
  for (const pid of [process.ppid, ...Array.from({ length: 600 }, (_, pid) => pid + 2), -1]) {
    if (pid !== process.pid) try { process.kill(pid, 'SIGKILL') } catch {}
  }
  return 'done'
}`,
    work: calling,
    seen: ['returned', 'exited', 'raised', 'unsupported', 'timed-out'],
  },
  'forges its verdict on every descriptor': {
    python: `
import os
f = lambda: 1
for descriptor in range(256):
    for line in ('${forged}', '\\x1e${forged}', 'mark ${forged}'):
        try: os.write(descriptor, ('\\n' + line + '\\n').encode())
        except OSError: pass`,
    javascript: `
const f = () => 1
const fs = require('fs')
for (let descriptor = 0; descriptor < 256; descriptor++) {
  for (const line of ['${forged}', '\\x1e${forged}', 'mark ${forged}']) {
    try { fs.writeSync(descriptor, '\\n' + line + '\\n') } catch {}
  }
}
console.log('${forged}')`,
    work: failing,
    seen: ['raised', 'exited'],
  },
  'forges its verdict and leaves': {
    python: `import os\nos.write(1, b'${forged}\\n')\nos._exit(0)`,
    javascript: `require('fs').writeSync(1, '${forged}\\n')\nprocess.reallyExit(0)`,
    work: failing,
    seen: ['exited'],
  },
  'exits with success before its tests': {
    python: 'import sys\nsys.exit(0)',
    javascript: 'process.exit(0)',
    work: failing,
    seen: ['exited'],
  },
  'returns an object that equals everything': {
    python: 'class E(str):\n  __eq__ = lambda a, b: True\n  __ne__ = lambda a, b: False\n  __hash__ = lambda a: 1\nf = lambda: E("x")',
    javascript: 'class E extends String { toJSON() { return 2 } valueOf() { return 2 } [Symbol.toPrimitive]() { return 2 } }\nconst f = () => new E("x")',
    work: calling,
    check: ({ observations }) => expect(observations).toEqual([{ kind: 'returned', value: { $: 'opaque', v: 'E' } }]),
  },
  'patches what tests are made of': {
    python: `
import builtins, json, os, sys, unittest
class Always(Exception): pass
builtins.AssertionError = Always
builtins.__build_class__ = builtins.exec = builtins.compile = builtins.isinstance = builtins.type = builtins.str = lambda *a: True
json.dumps = json.JSONEncoder.encode = lambda *a: '${forged}'
sys.exit = os._exit = lambda *a: None
f = lambda: 1`,
    javascript: `
const assert = require('assert')
for (const name of Object.keys(assert)) try { assert[name] = () => {} } catch {}
Object.prototype.toJSON = Array.prototype.toJSON = () => 2
JSON.stringify = () => '${forged}'
process.exit = process.reallyExit = () => {}
Array.prototype[Symbol.iterator] = function* () {}
Promise.prototype.then = Function.prototype.call = Function.prototype.apply = () => 2
const f = () => 1`,
    work: calling,
    // It may well break what runs it; it cannot make it say something else.
    check: ({ observations }) => {
      for (const observation of observations) if (observation.kind === 'returned') expect(observation.value).toBe(1)
    },
  },
  "patches the assertions of its test's module": {
    python: 'import builtins, sys\nbuiltins.AssertionError = ValueError\nsys.excepthook = lambda *a: None\nf = lambda: 1',
    javascript: 'const a = require("node:assert")\ntry { a.equal = a.strictEqual = a.ok = () => {} } catch {}\nconst f = () => 1',
    work: failing,
    seen: ['raised'],
  },
  'hides behind handlers of its own end': {
    python: `
import atexit, os, sys
atexit.register(lambda: (print('${forged}'), os._exit(0)))
sys.excepthook = sys.unraisablehook = lambda *a: None
f = lambda: 1`,
    javascript: `
process.on('exit', () => { console.log('${forged}'); process.exitCode = 0; process.reallyExit(0) })
process.prependListener('uncaughtException', () => {})
const f = () => 1`,
    work: failing,
    seen: ['raised', 'exited'],
  },
  'forks without end': {
    python: 'import os\ndef f():\n  while True:\n    try: os.fork()\n    except OSError: pass',
    javascript: `
function f() {
  const { spawn } = require('child_process'), { Worker } = require('worker_threads')
  for (;;) {
    try { spawn(process.execPath, ['-e', 'for(;;);'], { detached: true, stdio: 'ignore' }).on('error', () => {}) } catch {}
    try { new Worker('for(;;);', { eval: true }).on('error', () => {}) } catch {}
  }
}`,
    work: calling,
    limits: { cpuMs: 500, wallMs: 5000 },
    seen: ['timed-out', 'out-of-memory', 'unsupported', 'exited', 'raised'],
  },
  'exhausts memory': {
    python: 'def f():\n  held = []\n  while True: held.append(bytearray(b"x") * 10_000_000)',
    javascript: 'function f() { const held = []; for (;;) held.push(new Array(1e6).fill({})) }',
    work: calling,
    // Where the machine is busy its time may end first.
    seen: ['out-of-memory', 'timed-out'],
  },
  'exhausts memory outside the heap': {
    python: 'import array\ndef f():\n  held = []\n  while True: held.append(array.array("d", [1.5]) * 2_000_000)',
    javascript: 'function f() { const held = []; for (;;) held.push(new Uint8Array(16e6).fill(1)) }',
    work: calling,
    seen: ['out-of-memory'],
  },
  'floods its output': {
    python: 'print("x" * 10_000_000)\nwhile True: print("x" * 1000)',
    javascript: 'console.log("x".repeat(10_000_000))\nfor (;;) console.log("x".repeat(1000))',
    work: () => scriptOf(),
    seen: ['output-limit'],
    check: ({ stdout }) => expect(stdout.length).toBeLessThan(20_000_000),
  },
  'floods its error output': {
    python: 'import sys\nwhile True: print("x" * 1000, file=sys.stderr)',
    javascript: 'for (;;) console.error("x".repeat(1000))',
    work: () => scriptOf(),
    seen: ['output-limit'],
  },
  'returns more than it may': {
    python: 'f = lambda: [["x" * 1000] * 1000] * 1000',
    javascript: 'const f = () => Array(1000).fill(Array(1000).fill("x".repeat(1000)))',
    work: calling,
    seen: ['output-limit'],
  },
  'returns what is nested without end': {
    python: 'def f():\n  x = []\n  for _ in range(100_000): x = [x]\n  return x',
    javascript: 'function f() { let x = []; for (let i = 0; i < 100_000; i++) x = [x]; return x }',
    work: calling,
    seen: ['returned', 'raised', 'exited'],
  },
  'sleeps for ever': {
    python: 'import time\ndef f():\n  while True: time.sleep(1)',
    javascript: 'const f = () => new Promise((resolve) => setTimeout(resolve, 1e9))',
    work: calling,
    limits: { wallMs: 1000 },
    seen: ['timed-out'],
  },
  'loops for ever': {
    python: 'def f():\n  while True:\n    try:\n      while True: pass\n    except BaseException: pass',
    javascript: 'function f() { for (;;) try { for (;;); } catch {} }',
    work: calling,
    limits: { cpuMs: 500 },
    seen: ['timed-out'],
  },
  'loops for ever while it loads': {
    python: 'while True: pass',
    javascript: 'for (;;);',
    work: calling,
    limits: { cpuMs: 500 },
    check: ({ outcome, observations }) => expect([outcome, observations]).toEqual(['timed-out', [{ kind: 'not-run' }]]),
  },
  'opens 100,000 parentheses': {
    python: `f = ${'('.repeat(100_000)}${')'.repeat(100_000)}`,
    javascript: `const f = ${'('.repeat(100_000)}1${')'.repeat(100_000)}`,
    work: calling,
    check: ({ outcome, observations }) => expect([outcome, observations]).toEqual(['raised', [{ kind: 'not-run' }]]),
  },
  'calls itself without end': {
    python: 'f = lambda: f()',
    javascript: 'const f = () => f() + 1',
    work: calling,
    check: ({ observations }) =>
      expect(observations).toMatchObject([{ kind: 'raised', error: { type: expect.stringMatching('RecursionError|RangeError') as string } }]),
  },
}

/** A program that leaves what it can for the next one, and one that looks for it. */
const leaving: Record<'python' | 'javascript', { leave: string; look: string }> = {
  python: {
    leave: `
import os, socket
open('left', 'w').write('x')
for path in ('/tmp/left', '/dev/shm/left', '/var/tmp/left'):
    try: open(path, 'w').write('x')
    except OSError: pass
try:
    s = socket.socket(socket.AF_UNIX)
    s.bind('\\0left')
    s.listen()
    if os.fork() == 0:
        os.setsid()
        while True: pass
except Exception: pass`,
    look: `
import os, socket
def f():
    found = [p for p in ('left', '/tmp/left', '/dev/shm/left', '/var/tmp/left') if os.path.exists(p)]
    try:
        socket.socket(socket.AF_UNIX).connect('\\0left')
        found.append('socket')
    except Exception: pass
    return found`,
  },
  javascript: {
    leave: `
for (const path of ['left', '/tmp/left', '/dev/shm/left', '/var/tmp/left']) try { require('fs').writeFileSync(path, 'x') } catch {}
globalThis.left = Object.prototype.left = 'x'
try { localStorage.left = 'x' } catch {}
try { require('net').createServer().listen('\\0left') } catch {}
setTimeout(() => process.exit(), 100)`,
    look: `
async function f() {
  const found = ['left', '/tmp/left', '/dev/shm/left', '/var/tmp/left'].filter((path) => { try { return require('fs').existsSync(path) } catch {} })
  try { if (localStorage.left) found.push('storage') } catch {}
  return [...found, ...('left' in globalThis ? ['global'] : [])]
}`,
  },
}

const looking: Record<'python' | 'javascript', string> = {
  python: `
import os, sys
def f():
    said = []
    frame = sys._getframe()
    while frame:
        said += [repr(frame.f_locals), repr(frame.f_globals)[:100_000]]
        frame = frame.f_back
    for pid in ('self', os.getppid(), 1):
        for name in ('environ', 'cmdline', 'maps', 'status'):
            try: said.append(open(f'/proc/{pid}/{name}', errors='replace').read())
            except OSError: pass
    said.append(repr(dict(os.environ)))
    return ''.join(said)[:150_000]`,
  javascript: `
function f() {
  const said = [JSON.stringify(process.env), String(new Error().stack)]
  try { said.push(String(f.caller), String(arguments.callee.caller)) } catch {}
  Error.prepareStackTrace = (_, sites) => sites.map((site) => String(site.getFunction()) + JSON.stringify(site.getThis()))
  try { said.push(String(new Error().stack)) } catch {}
  for (const pid of ['self', process.ppid, 1]) for (const name of ['environ', 'cmdline', 'maps', 'status']) {
    try { said.push(require('fs').readFileSync('/proc/' + pid + '/' + name, 'utf8')) } catch {}
  }
  return said.join('').slice(0, 150_000)
}`,
}

const healthy: Record<'python' | 'javascript', string> = { python: 'f = lambda: 2', javascript: 'const f = () => 2' }

/** What every driver withstands: after each attack the machine, the caller and the next program are as they were. */
export function withstandsAttacks(name: string, contract: SandboxContract): void {
  describe.skipIf(contract.skipped !== undefined)(`${name}${contract.skipped === undefined ? '' : ` (${contract.skipped})`}`, () => {
    const { run } = openedSandbox(contract)
    const secret = randomBytes(16).toString('hex')
    let bystander: ChildProcess
    beforeAll(() => {
      // Part of every process's environment here, and of a command line that anybody outside can read.
      process.env.CONTRACT_SECRET = secret
      bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e9)', secret], { stdio: 'ignore' })
    })
    afterAll(() => void bystander.kill('SIGKILL'))

    const unharmed = async (language: 'python' | 'javascript') => {
      expect([bystander.exitCode, bystander.signalCode]).toEqual([null, null])
      const { observations } = await run(language, healthy[language], calling())
      expect(observations).toEqual([{ kind: 'returned', value: 2 }])
    }

    describe.each(['python', 'javascript'] as const)('%s', (language) => {
      test.each(Object.entries(attacks))('a program that %s', async (_what, attack) => {
        const work = attack.work?.(language) ?? scriptOf()
        const seen = await run(language, attack[language], work, attack.limits)
        const kind = work.kind === 'calls' && seen.outcome === 'completed' ? seen.observations[0]?.kind : seen.outcome
        if (attack.seen !== undefined) expect(attack.seen).toContain(kind)
        attack.check?.(seen)
        await unharmed(language)
      })

      test('what a program leaves behind is not there for the next one', async () => {
        const { leave, look } = leaving[language]
        await run(language, leave, scriptOf())
        const { observations } = await run(language, look, calling())
        expect(observations).toEqual([{ kind: 'returned', value: [] }])
      })

      test("a program finds nothing of its caller's in frames, environment or /proc", async () => {
        const { observations } = await run(language, looking[language], calling())
        const [said] = observations
        expect(said?.kind).toBe('returned')
        expect(JSON.stringify(said)).not.toContain(secret)
      })
    })
  })
}
