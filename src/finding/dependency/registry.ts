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
export function askRegistries({ folder, timeoutMs = 30_000, signal }: RegistryOptions): Resolve {
  const asked = new Map<string, Promise<Registered>>()
  const options = { cwd: folder, timeout: timeoutMs, maxBuffer: 2 ** 20, ...(signal && { signal }) }
  const ask = { npm: (name: string) => askNpm(name, options), pypi: (name: string) => askPip(name, options) } as const
  return (ecosystem, name) => {
    if (!names[ecosystem].test(name)) return Promise.resolve({ kind: 'absent' })
    const key = `${ecosystem} ${name}`
    const known = asked.get(key) ?? ask[ecosystem](name)
    asked.set(key, known)
    return known
  }
}

type Options = Parameters<typeof execFile>[2]

async function askNpm(name: string, options: Options): Promise<Registered> {
  try {
    await run('npm', ['view', '--json', '--fetch-retries=0', name, 'name'], options)
    return { kind: 'exists' }
  } catch (error) {
    const said = saidBy(error)
    // npm answers with the registry's own status; whatever else went wrong is no answer.
    if (/"code":\s*"E404"/.test(said) || /\bE404\b/.test(said)) return { kind: 'absent' }
    return { kind: 'unavailable', reason: `npm: ${firstLine(/"summary":\s*"([^"]+)"/.exec(said)?.[1] ?? said)}` }
  }
}

async function askPip(name: string, options: Options): Promise<Registered> {
  try {
    await run('python3', ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--retries', '0', 'index', 'versions', '--pre', name], options)
    return { kind: 'exists' }
  } catch (error) {
    const said = saidBy(error)
    // The same words end a failed look-up and a failed connection; the second one warns of it before.
    const reached = !/WARNING: (?:Retrying|There was|The repository)|Could not fetch|[Cc]onnection|timed out|SSLError|ProxyError|40[137] |5\d\d /.test(said)
    if (reached && /No matching distribution found/.test(said)) return { kind: 'absent' }
    return { kind: 'unavailable', reason: `pip: ${firstLine(said)}` }
  }
}

function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { stdout, stderr, code } = error as Error & { stdout?: string; stderr?: string; code?: unknown }
  return [stdout, stderr, code === 'ENOENT' ? 'is not installed' : '', error.message].filter((part) => part !== undefined && part !== '').join('\n')
}

function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n', 1)
  return line.slice(0, 200)
}
