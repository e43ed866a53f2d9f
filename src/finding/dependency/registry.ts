import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Ecosystem } from './ecosystem.ts'

/** What a registry says of a name; `unavailable` says why it could not be asked. */
export type Registered = { readonly kind: 'exists' | 'absent' } | { readonly kind: 'unavailable'; readonly reason: string }

/** Asks registries for names. */
export type Resolve = (ecosystem: Ecosystem, name: string) => Promise<Registered>

export interface RegistryOptions {
  /** Where the ordinary clients are run, so that they find the settings that hold there. */
  readonly folder: string
  /** The programs of the clients, where they are not those on the path. */
  readonly clients?: { readonly npm: string; readonly python: string }
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const run = promisify(execFile)
// What is given to a client as a name must be one: an option or an address would make it do something else.
const names = { npm: /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~][\w.~-]{0,213}$/, pypi: /^[a-z0-9](?:[a-z0-9-]{0,100}[a-z0-9])?$/ } as const

/**
 * Asks by the ordinary clients, `npm` and `pip`, with the configuration, credentials and proxies they have. Whatever they answer that
 * is not a plain yes or no is `unavailable`.
 */
export function askRegistries({ folder, clients = { npm: 'npm', python: 'python3' }, timeoutMs = 30_000, signal }: RegistryOptions): Resolve {
  const asked = new Map<string, Promise<Registered>>()
  const options = { cwd: folder, timeout: timeoutMs, maxBuffer: 2 ** 20, ...(signal && { signal }) }
  const ask = { npm: (name: string) => askNpm(name, { program: clients.npm, options }), pypi: (name: string) => askPip(name, { program: clients.python, options }) } as const
  return (ecosystem, name) => {
    if (!names[ecosystem].test(name)) return Promise.resolve({ kind: 'absent' })
    const key = `${ecosystem} ${name}`
    const known = asked.get(key) ?? ask[ecosystem](name)
    asked.set(key, known)
    return known
  }
}

interface Client {
  readonly program: string
  readonly options: Parameters<typeof execFile>[2]
}

async function askNpm(name: string, { program, options }: Client): Promise<Registered> {
  try {
    await run(program, ['view', '--json', '--fetch-retries=0', name, 'name'], options)
    return { kind: 'exists' }
  } catch (error) {
    const said = saidBy(error)
    // npm answers with the registry's own status; whatever else went wrong is no answer.
    if (/"code":\s*"E404"/.test(said) || /\bE404\b/.test(said)) return { kind: 'absent' }
    return { kind: 'unavailable', reason: `npm: ${firstLine(/"summary":\s*"([^"]+)"/.exec(said)?.[1] ?? said)}` }
  }
}

/** `pip` has the same words for a name that is not there and an index that is not; that it knows a name that is everywhere tells them apart. */
async function askPip(name: string, client: Client): Promise<Registered> {
  const answer = await lookUp(name, client)
  if (answer.kind !== 'absent') return answer
  const control = await lookUp('pip', client)
  return control.kind === 'exists' ? answer : { kind: 'unavailable', reason: 'pip: the index does not answer for well-known packages' }
}

async function lookUp(name: string, { program, options }: Client): Promise<Registered> {
  try {
    await run(program, ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--retries', '0', 'index', 'versions', '--pre', name], options)
    return { kind: 'exists' }
  } catch (error) {
    const said = saidBy(error)
    return /No matching distribution found/.test(said) ? { kind: 'absent' } : { kind: 'unavailable', reason: `pip: ${firstLine(said)}` }
  }
}

function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { stdout, stderr, code } = error as Error & { stdout?: string; stderr?: string; code?: unknown }
  return [code === 'ENOENT' ? 'not installed' : '', stdout, stderr, error.message].filter((part) => part !== undefined && part !== '').join('\n')
}

function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n', 1)
  // An address in a client's settings may carry a login.
  return line.replace(/\/\/[^\s/@]*@/g, '//').slice(0, 200)
}
