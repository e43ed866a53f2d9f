import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CountersignError } from '../errors.ts'
import type { Limits, Sandbox } from '../ports.ts'
import type { Confinement, Observation, Run } from '../records/execution.ts'
import type { Language } from '../records/language.ts'
import type { Value } from '../records/value.ts'

const MEGABYTE = 1024 * 1024
const limits: Limits = {
  cpuMs: 5000,
  wallMs: 20_000,
  memoryBytes: 256 * MEGABYTE,
  outputBytes: MEGABYTE,
  processes: 16,
  fileBytes: MEGABYTE,
}

const attemptNames = [
  'readSecret',
  'writeOutside',
  'connect',
  'runProgram',
  'readEnvironment',
  'seeOthers',
  'signalOthers',
  'makeNamespace',
  'findLeftovers',
] as const
type AttemptName = (typeof attemptNames)[number]

type Tried = Pick<Sandbox, 'driver' | 'languages' | 'run'>

/** Things outside that a program must not be able to reach, and how to see from here that it did. */
interface Bait {
  /** What the attempts are told. */
  target: Value
  /** True when an attempt succeeded; `said` is the program's own account, which can only betray it. */
  isTaken: Record<AttemptName, (said: string) => boolean>
  remove(): Promise<void>
}

/**
 * Lets a program try to break out in every language and looks for the effects out here, believing nothing that it says. Throws
 * `SANDBOX_UNAVAILABLE` when an attempt succeeds, and as well when attempts were not made: what was not tried was not refused.
 * `keeps`: the sandbox keeps something between runs, so each of them leaves behind what it can, and looks for what the one before it left.
 */
export async function proveConfinement(sandbox: Tried, { keeps = false }: { keeps?: boolean } = {}): Promise<Confinement> {
  const { driver, languages } = sandbox
  const attempts = keeps ? await tryInTurn(sandbox) : (await Promise.all(languages.map((language) => tryToBreakOut(sandbox, { language })))).flat()
  const taken = attempts.filter(({ refused }) => !refused).map(({ language, attempt, detail }) => `${attempt} in ${language} ${detail}`)
  if (taken.length === 0) return { driver, languages: [...languages], attempts }
  throw new CountersignError('SANDBOX_UNAVAILABLE', `the ${driver} sandbox does not confine programs here: ${taken.join('; ')}`)
}

async function tryInTurn(sandbox: Tried): Promise<Confinement['attempts']> {
  const attempts: Confinement['attempts'] = []
  const leave = randomBytes(16).toString('hex')
  for (const language of sandbox.languages) attempts.push(...(await tryToBreakOut(sandbox, { language, leave })))
  return attempts
}

/** `leave`: the name under which things are left behind. */
async function tryToBreakOut({ run }: Tried, { language, leave }: { language: Language; leave?: string }): Promise<Confinement['attempts']> {
  const word = leave ?? randomBytes(16).toString('hex')
  const bait = await layBait(word)
  try {
    const names = leave === undefined ? attemptNames : [...attemptNames, 'leaveBehind']
    const calls = [callOf('begin', word), ...names.map((name) => callOf(name, bait.target))]
    const seen = await run({ language, files: [await breakoutIn(language)], work: { kind: 'calls', calls } }, { limits })
    const [began, ...rest] = seen.observations
    if (began?.kind !== 'returned' || began.value !== word) throw notTried(language, seen)
    return attemptNames.map((attempt, index) => {
      const { refused, detail } = judge(rest[index], bait.isTaken[attempt])
      return { language, attempt, refused, detail }
    })
  } finally {
    await bait.remove()
  }
}

const callOf = (name: string, value: Value) => ({ steps: [{ name, arguments: [value] }] })

function judge(observation: Observation | undefined, isTaken: (said: string) => boolean): { refused: boolean; detail: string } {
  const said = observation?.kind === 'returned' && typeof observation.value === 'string' ? observation.value : undefined
  // To be stopped on the way is to be refused; what never began was not tried.
  const wasTried = observation !== undefined && observation.kind !== 'not-run' && observation.kind !== 'unsupported'
  if (!wasTried) return { refused: false, detail: 'was not tried' }
  // What a successful attempt got hold of may be a secret of the machine, and stays out of every message.
  if (isTaken(said ?? '')) return { refused: false, detail: 'succeeded' }
  return { refused: true, detail: (said ?? observation.kind).split('\n').join('; ') }
}

function notTried(language: Language, { outcome, error, stderr }: Run): CountersignError {
  const why = [outcome, error?.type, error?.message, stderr.trim().slice(-200)].filter(Boolean).join(', ')
  return new CountersignError('SANDBOX_UNAVAILABLE', `the sandbox's confinement could not be tried in ${language}: ${why}`)
}

async function breakoutIn(language: Language) {
  const source = language === 'python' ? 'breakout.py' : 'breakout.mjs'
  const path = { python: 'breakout.py', javascript: 'breakout.mjs', typescript: 'breakout.ts' }[language]
  return { path, content: await readFile(new URL(`guest/${source}`, import.meta.url), 'utf8') }
}

/** A folder that is open to everybody, lest its permissions stand in for confinement, and not where a sandbox has a private folder of its own. */
async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), 'countersign-proof-'))
  // countersign-ignore javascript/file-permissions: its permissions must not stand in for the confinement that is tried
  await chmod(folder, 0o777)
  return folder
}

async function layBait(word: string): Promise<Bait> {
  const folder = await openFolder()
  const hidden = randomBytes(16).toString('hex')
  const secret = join(folder, 'secret')
  await writeFile(secret, hidden)
  const [written, marker] = [join(folder, 'written'), join(folder, 'marker')]
  const listener = await listen()
  const decoy = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 120_000)', hidden], { stdio: 'ignore' })
  const place = { secret, written, marker, program: process.execPath, host: '127.0.0.1', port: listener.port, decoy: decoy.pid ?? 0 }
  const target = { ...place, word }
  return {
    target: { $: 'map', v: Object.entries(target) },
    isTaken: {
      readSecret: (said) => said.includes(hidden) || said.includes('secret seen'),
      writeOutside: () => existsSync(written),
      connect: () => listener.wasReached(),
      runProgram: () => existsSync(marker),
      readEnvironment: holdsOurEnvironment,
      signalOthers: (said) => !isAlive(decoy) || said.includes('signals reach'),
      makeNamespace: (said) => said.includes('namespace made'),
      findLeftovers: (said) => said.includes('left behind'),
      seeOthers: (said) => said.includes(hidden),
    },
    async remove() {
      decoy.kill('SIGKILL')
      listener.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function listen(): Promise<{ port: number; wasReached: () => boolean; close: () => void }> {
  let reached = false
  const server: Server = createServer((socket) => {
    reached = true
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, wasReached: () => reached, close: () => server.close() }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** Short values (`1`, `C`) may be anybody's. */
function holdsOurEnvironment(said: string): boolean {
  const telling = Object.entries(process.env).filter(([, value]) => value !== undefined && value.length >= 12)
  return telling.some(([name, value]) => said.includes(name) && said.includes(value ?? ''))
}
