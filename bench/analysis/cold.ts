// What the first scan of a process costs, as the package is shipped: `npm run build` first.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const library = new URL('../../dist/scan.js', import.meta.url)
const command = fileURLToPath(new URL('../../dist/surface/cli/main.js', import.meta.url))

export interface Cold {
  /** From the start of a process, Node's own included, to the result in hand. */
  readonly milliseconds: number
  /** Of them, until the first line ran. */
  readonly nodeMs: number
  readonly peakBytes: number
  /** `countersign scan FILE` from its start to its end. */
  readonly commandMs: number
  /** The same for somebody's very first time: nothing is in Node's cache of compiled code. */
  readonly firstMs: number
}

const program = `
const nodeMs = performance.now()
const [address, path, cache] = process.argv.slice(1)
process.getBuiltinModule('module').enableCompileCache(cache)
const { readFileSync } = process.getBuiltinModule('fs')
const { scan } = await import(address)
await scan([{ path, content: readFileSync(path, 'utf8') }])
console.log(JSON.stringify({ milliseconds: performance.now(), nodeMs, peakBytes: process.resourceUsage().maxRSS * 1024 }))`

/** The quickest of so many processes, each of which reads one file; `undefined` where nothing was built. */
export function coldStart(path: string, times: number): Cold | undefined {
  if (!existsSync(library)) return undefined
  const cache = mkdtempSync(join(tmpdir(), 'countersign-cold-'))
  try {
    const firstMs = commandMs(path, cache)
    const once = () => JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program, library.href, path, join(cache, 'library')], { encoding: 'utf8' })) as Cold
    const runs = Array.from({ length: times + 1 }, once).slice(1)
    const commands = Array.from({ length: times }, () => commandMs(path, cache))
    const [quickest] = runs.sort((a, b) => a.milliseconds - b.milliseconds)
    return quickest && { ...quickest, firstMs, commandMs: Math.min(...commands) }
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

function commandMs(path: string, cache: string): number {
  const started = performance.now()
  spawnSync(process.execPath, [command, 'scan', path], { stdio: 'ignore', env: { ...process.env, XDG_CACHE_HOME: cache } })
  return performance.now() - started
}

if (import.meta.main) console.log(coldStart(process.argv[2] ?? fileURLToPath(import.meta.url), 9))
