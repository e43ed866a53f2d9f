import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Limits } from '../ports.ts'
import type { DenoRuntime } from './deno-runtime.ts'

/** Deno, and a private folder for what it writes itself. */
export interface DenoPlace {
  runtime: DenoRuntime
  scratch: string
}

/** How to start one guest, and the limits it is held to from outside. */
export interface DenoCommand {
  file: string
  arguments: string[]
  env: Record<string, string>
  cwd: string
  limits: Limits
}

/** Nothing is permitted, looked up, fetched or asked, and no configuration is read. */
const ISOLATED = ['run', '--quiet', '--no-prompt', '--no-remote', '--no-npm', '--no-config', '--no-lock', '--cached-only']
const CONFINED = [...ISOLATED, '--deny-write', '--deny-net', '--deny-env', '--deny-run', '--deny-ffi', '--deny-sys', '--deny-import']
const MEGABYTE = 1024 * 1024
/** What V8 and Pyodide reserve without using it. */
const RESERVED_BYTES = 1024 * MEGABYTE
/** What Pyodide itself holds of the one memory that it shares with the program. */
const PYODIDE_BYTES = 64 * MEGABYTE
/** What Deno may write to its own folder; a program may write nothing. */
const RUNTIME_FILE_BYTES = 64 * MEGABYTE
const START_CPU_SECONDS = 60
/** V8 has helpers, which use CPU time beside the program. */
const MOST_THREADS = 4
const WASM_PAGE_BYTES = 64 * 1024
/** Pyodide is three to eight times slower than the interpreter that limits are meant for: they are stretched by this much. */
const PYODIDE_SLOWDOWN = 3

const guestFolder = fileURLToPath(new URL('guest/', import.meta.url))

export function javaScriptCommand(place: DenoPlace, { limits, project }: { limits: Limits; project: string | undefined }): DenoCommand {
  const permitted = project === undefined ? '--deny-read' : permitReading(join(project, 'node_modules'))
  const heap = `--v8-flags=--max-old-space-size=${Math.ceil(limits.memoryBytes / MEGABYTE)}`
  return { ...commandFor(place, limits, [permitted, heap, join(guestFolder, 'javascript.mjs')]), limits }
}

/** The folder of Pyodide and the snapshot may be read until the guest gives that up, which it does before it reads the job. */
export function pythonCommand(place: DenoPlace, { limits, pyodide, snapshot }: { limits: Limits; pyodide: string; snapshot: string }): DenoCommand {
  const pages = Math.ceil((limits.memoryBytes + PYODIDE_BYTES) / WASM_PAGE_BYTES)
  const flags = [permitReading(pyodide, snapshot), `--v8-flags=--wasm-max-mem-pages=${pages}`]
  const given = [...flags, join(guestFolder, 'pyodide.mjs'), folderUrl(pyodide), pathToFileURL(snapshot).href]
  const more = limits.cpuMs * (PYODIDE_SLOWDOWN - 1)
  const stretched = { ...limits, cpuMs: limits.cpuMs + more, wallMs: limits.wallMs + more }
  return { ...commandFor(place, stretched, given), limits: stretched }
}

/** Starts Pyodide as it comes and writes the snapshot to standard output. */
export function snapshotCommand(place: DenoPlace, pyodide: string): Omit<DenoCommand, 'limits'> {
  const given = [permitReading(pyodide, guestFolder), join(guestFolder, 'pyodide.mjs'), folderUrl(pyodide)]
  return { file: place.runtime.deno, arguments: [...CONFINED, ...given], ...surroundings(place) }
}

function commandFor(place: DenoPlace, limits: Limits, given: string[]): Omit<DenoCommand, 'limits'> {
  const command = [place.runtime.deno, ...CONFINED, ...given]
  if (process.platform === 'win32') return { file: place.runtime.deno, arguments: command.slice(1), ...surroundings(place) }
  return { file: '/bin/sh', arguments: ['-c', `${kernelLimits(limits)}; exec "$@"`, 'sh', ...command], ...surroundings(place) }
}

/** The kernel's limits stand behind ours, for when we are too slow or gone: each leaves room for the runtime's own use. */
function kernelLimits({ memoryBytes, wallMs }: Limits): string {
  const data = Math.ceil((memoryBytes + RESERVED_BYTES) / 1024)
  const seconds = START_CPU_SECONDS + Math.ceil((wallMs * MOST_THREADS) / 1000)
  return `ulimit -c 0; ulimit -d ${data} 2>/dev/null; ulimit -f ${RUNTIME_FILE_BYTES / 512}; ulimit -t ${seconds}`
}

function surroundings({ scratch }: DenoPlace): Pick<DenoCommand, 'env' | 'cwd'> {
  const empty = join(scratch, 'empty')
  return { env: { DENO_DIR: join(scratch, 'deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1', HOME: empty }, cwd: empty }
}

function folderUrl(path: string): string {
  return `${pathToFileURL(path).href}/`
}

/** Deno separates paths by commas, and reads two commas as one that belongs to a path. */
function permitReading(...paths: string[]): string {
  return `--allow-read=${paths.map((path) => path.replaceAll(',', ',,')).join(',')}`
}
