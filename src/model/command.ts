import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { CountersignError } from '../errors.ts'
import type { Model, SampleCall } from '../ports.ts'
import type { Prompt } from '../records/prompt.ts'
import type { Reply } from '../records/sample.ts'
import { type AgentProgram, knownProgram, knownPrograms, type ProgramReply } from './agent-program.ts'
import { fanOut, type OneSample } from './fan-out.ts'
import { printable } from './http-failure.ts'
import { endingOf } from './openai-wire.ts'
import { truncateAtStop } from './stop.ts'
import { Turns } from './turns.ts'
import { worstSample } from './worst-case.ts'

export interface CommandOptions {
  /** A program with its arguments; it takes the prompt on standard input and prints the reply. */
  command: readonly string[]
  /** The whole environment at hand; the program gets what is on the list, and what it needs to sign in. */
  environment: Record<string, string | undefined>
  /** Leave for a program whose tools are not known to be switched off. */
  allowAgent?: boolean
  timeoutMs?: number
  /** Programs running at once. */
  concurrency?: number
}

const harmless = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TERM',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
]
const proxies = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']
const mostBytes = 4 * 2 ** 20
const ignored = ['logprobs', 'max_tokens', 'seed', 'stop', 'temperature', 'top_p']
const none = { kind: 'unavailable', reason: 'a program that prints replies gives neither log-probabilities nor embeddings' } as const

interface Program extends Required<Omit<CommandOptions, 'allowAgent'>> {
  name: string
  known: AgentProgram | undefined
}

/**
 * Any program that takes a prompt and prints a reply. Such programs are agents with tools, and the prompt is untrusted text: it runs in an
 * empty folder, with little of the environment, and with its tools switched off where the way to do so is known.
 */
export function command(options: CommandOptions): Model {
  const [file] = options.command
  if (file === undefined || file === '') throw new CountersignError('CONFIGURATION_INVALID', 'a command model needs a program')
  const known = knownProgram(file)
  if (known === undefined && options.allowAgent !== true) {
    throw new CountersignError(
      'CONFIGURATION_INVALID',
      `${file} may be an agent with tools, which untrusted text could make use of: --allow-agent-model allows it (known: ${knownPrograms.join(', ')})`,
    )
  }
  const name = [basename(file), ...options.command.slice(1)].join(' ')
  const program: Program = { timeoutMs: 300_000, concurrency: 4, ...options, name, known }
  const rows = Array.from({ length: program.concurrency }, () => new Turns())
  return {
    driver: 'command',
    name,
    prompts: ['chat'],
    scorers: [],
    sample: async (prompt, call) => await sample(program, prompt, { call, rows }),
    score: async () => none,
    embed: async () => none,
    versions: async () => ({}),
    close: async () => {},
  }
}

async function sample(program: Program, prompt: Prompt, { call, rows }: { call: SampleCall; rows: readonly Turns[] }): Promise<Reply> {
  if (prompt.kind !== 'chat') throw new CountersignError('INPUT_INVALID', `a program takes messages and no ${prompt.kind} prompt`)
  const said = prompt.messages.map(({ role, content }) => (role === 'assistant' ? `You answered:\n${content}` : content)).join('\n\n')
  // Some programs take a slash at the very beginning for a command to themselves.
  const text = said.startsWith('/') ? `\n${said}` : said
  const indices = Array.from({ length: call.count }, (_, position) => call.first + position)
  const reply = await fanOut(
    indices,
    async (index) =>
      await rows[index % rows.length]!.take(
        async () => await sampleOnce(program, prompt, { call: { ...call, first: index, count: 1 }, text }),
      ),
  )
  return { ...reply, ignored }
}

async function sampleOnce(program: Program, prompt: Prompt, { call, text }: { call: SampleCall; text: string }): Promise<OneSample> {
  const reservation = await call.budget.reserve(worstSample(`command/${program.name}`, prompt, call), call.signal)
  try {
    const output = await run(program, {
      text,
      remainingMs: reservation.remainingMs,
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    })
    const read = replyOf(program, output)
    reservation.settle(read.usage ?? 'unknown')
    if (read.failed === true) throw new CountersignError('MODEL_REFUSED', `${program.name} gave no answer: ${printable(read.text)}`)
    const reply = truncateAtStop(read.text, call.sampling.stop)
    call.onText?.(call.first, reply)
    const sample = {
      index: call.first,
      text: reply,
      ending: endingOf(reply, undefined),
      ...(read.model === undefined ? {} : { model: read.model }),
    }
    return { sample, ...(read.usage === undefined ? {} : { usage: read.usage }) }
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'CONFIGURATION_INVALID') reservation.settle('nothing')
    throw error
  } finally {
    reservation.settle('worst-case')
  }
}

function replyOf({ name, known }: Program, output: string): ProgramReply {
  if (known?.read === undefined) return { text: output.replace(/\n$/, '') }
  const read = known.read(output)
  if (read !== undefined) return read
  throw new CountersignError(
    'MODEL_REPLY_INVALID',
    `${name} printed something else than the answer it was asked for: ${printable(output.slice(0, 200))}`,
  )
}

interface Running {
  text: string
  remainingMs: number
  signal?: AbortSignal
}

async function run(program: Program, running: Running): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-model-'))
  try {
    // countersign-ignore javascript/path-traversal: the names are those of a table in this repository
    for (const [path, content] of Object.entries(program.known?.files ?? {})) await writeFile(join(folder, path), content)
    return await answerOf(program, { ...running, folder })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function answerOf(program: Program, { text, remainingMs, signal, folder }: Running & { folder: string }): Promise<string> {
  const [file = '', ...own] = program.command
  const options = { cwd: folder, env: environmentOf(program, folder), detached: true, stdio: 'pipe' as const }
  const child = spawn(file, [...own, ...(program.known?.arguments ?? [])], options)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const late = setTimeout(() => reject(lateError(program, remainingMs)), Math.min(program.timeoutMs, remainingMs))
  const interrupt = () => reject(new CountersignError('INTERRUPTED', 'interrupted while the model was answering'))
  signal?.addEventListener('abort', interrupt, { once: true })
  const output = { out: '', err: '', bytes: 0 }
  const hear = (stream: 'out' | 'err', chunk: string) => {
    output.bytes += Buffer.byteLength(chunk)
    if (output.bytes <= mostBytes) output[stream] += chunk
    else reject(new CountersignError('MODEL_REPLY_INVALID', `${program.name} printed more than ${mostBytes} bytes`))
  }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => hear('out', chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => hear('err', chunk))
  child.on('error', (cause: NodeJS.ErrnoException) => reject(startError(program, cause)))
  child.on('close', (code, ending) => (code === 0 ? resolve(output.out) : reject(endError(program, { ending: code ?? ending, ...output }))))
  // A program may end without having read its prompt.
  child.stdin.on('error', () => {})
  child.stdin.end(text)
  try {
    return await promise
  } finally {
    clearTimeout(late)
    signal?.removeEventListener('abort', interrupt)
    endGroup(child)
  }
}

function environmentOf({ known, environment }: Program, folder: string): NodeJS.ProcessEnv {
  const names = [...harmless, ...proxies, ...(known?.variables ?? [])]
  const given = names.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]]))
  return { ...Object.fromEntries(given), TMPDIR: folder }
}

function endError(program: Program, { ending, out, err }: { ending: number | string | null; out: string; err: string }): CountersignError {
  const said = program.known?.read?.(out)?.text ?? (err.trim() === '' ? out : err)
  return new CountersignError('MODEL_UNREACHABLE', `${program.name} ended with ${ending}: ${printable(said)}`)
}

function lateError(program: Program, remainingMs: number): CountersignError {
  if (remainingMs < program.timeoutMs)
    return new CountersignError('BUDGET_SPENT', 'the time of the budget was over before the model had answered (--budget raises it)')
  return new CountersignError('MODEL_UNREACHABLE', `${program.name} gave no whole answer within ${program.timeoutMs / 1000} s`)
}

function startError(program: Program, cause: NodeJS.ErrnoException): CountersignError {
  if (cause.code === 'ENOENT')
    return new CountersignError('CONFIGURATION_INVALID', `there is no program ${program.command[0]}: install it, or write where it is`, {
      cause,
    })
  return new CountersignError('MODEL_UNREACHABLE', `${program.command[0]} does not start (${cause.code ?? cause.message})`, { cause })
}

// The program and whatever it has started.
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All of them have ended already.
  }
}
