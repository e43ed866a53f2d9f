import { execFile, execFileSync } from 'node:child_process'
import { CountersignError } from '../../errors.ts'

// A repository's own configuration names programs that git would start: whoever scans a folder does not mean to run what it holds.
const harmless = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.allow=never', '--no-optional-locks']
const outputBytes = 512 * 1024 * 1024
const watchdogMs = 120_000

/** What `git` prints, or `undefined` where it fails or is not installed. Only commands that read the index and objects are asked for. */
export function git(folder: string, given: readonly string[], input?: string): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: folder, encoding: 'buffer', maxBuffer: outputBytes, timeout: watchdogMs } as const
    const child = execFile('git', [...harmless, ...given], options, (error, stdout) => resolve(error === null ? stdout : undefined))
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input ?? '')
  })
}

/** The same at once, for what is asked in the middle of a scan: git's own part of the disk alone is read. */
export function gitNow(folder: string, given: readonly string[]): Buffer | undefined {
  try {
    return execFileSync('git', [...harmless, ...given], { cwd: folder, maxBuffer: outputBytes, timeout: watchdogMs, stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return undefined
  }
}

/** The same for what must not fail: `why` says what it means when it does. */
export async function gitOrFail(folder: string, given: readonly string[], why: string): Promise<Buffer> {
  const said = await git(folder, given)
  if (said === undefined) throw new CountersignError('INPUT_INVALID', why)
  return said
}

/** Names as git prints them with `-z`, in one order. A name that is no UTF-8 has replacement characters in it. */
export function namesOf(said: Buffer): string[] {
  return said.toString('utf8').split('\0').filter((name) => name !== '').sort(byCodeUnits)
}

/** The top folder of the repository that holds `folder`. */
export async function repositoryOf(folder: string): Promise<string | undefined> {
  return (await git(folder, ['rev-parse', '--show-toplevel']))?.toString('utf8').replace(/\n$/, '') || undefined
}

export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
