import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CountersignError } from '../errors.ts'
import { snapshotCommand } from './deno-command.ts'
import type { DenoPlace } from './deno-command.ts'

const OLD_MS = 7 * 24 * 3600 * 1000
const START_WATCHDOG_MS = 180_000
const LARGEST_BYTES = 256 * 1024 * 1024
const guestFiles = ['pyodide.mjs', 'channel.mjs', 'surroundings.py', 'work.py', 'value.py']

/**
 * The file of an interpreter that has started already: ten times faster than to start one. It is made once for each version of
 * Pyodide and of our guest, and kept beside the installed packages (who can change it can change them), or else for this run only.
 */
export async function findSnapshot(place: DenoPlace, pyodide: string): Promise<string> {
  const name = `pyodide-${place.runtime.version}-${await guestDigest()}.bin`
  const kept = join(pyodide, '..', '.cache', 'countersign')
  if (await isFile(join(kept, name))) return join(kept, name)
  const bytes = await makeSnapshot(place, pyodide)
  const file = (await keep(kept, name, bytes)) ?? (await keep(place.scratch, name, bytes))
  if (file !== undefined) return file
  throw new CountersignError('SANDBOX_UNAVAILABLE', `Python's snapshot (${bytes.length} bytes) cannot be written to ${place.scratch}`)
}

async function makeSnapshot(place: DenoPlace, pyodide: string): Promise<Buffer> {
  const { file, arguments: given, env, cwd } = snapshotCommand(place, pyodide)
  try {
    const { stdout } = await promisify(execFile)(file, given, { env, cwd, encoding: 'buffer', maxBuffer: LARGEST_BYTES, timeout: START_WATCHDOG_MS })
    return stdout
  } catch (cause) {
    throw new CountersignError('SANDBOX_UNAVAILABLE', 'Python (Pyodide inside Deno) does not start here', { cause })
  }
}

/** Whole or not at all: two runs may make the same snapshot at once. */
async function keep(folder: string, name: string, bytes: Buffer): Promise<string | undefined> {
  const file = join(folder, name)
  const draft = `${file}.${process.pid}`
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(draft, bytes)
    await rename(draft, file)
    await removeOld(folder, name)
    return file
  } catch {
    return undefined
  }
}

/** Snapshots of other versions are large; one that is still in use somewhere was made lately. */
async function removeOld(folder: string, name: string): Promise<void> {
  for (const other of await readdir(folder)) {
    if (other === name || !/^pyodide-.*\.bin$/.test(other)) continue
    const { mtimeMs } = await stat(join(folder, other))
    if (Date.now() - mtimeMs > OLD_MS) await rm(join(folder, other), { force: true })
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true
}

async function guestDigest(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of guestFiles) hash.update(await readFile(new URL(`guest/${name}`, import.meta.url)))
  return hash.digest('hex').slice(0, 16)
}
