// What the first scan of a process costs, as the package is shipped: `npm run build` first.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const built = new URL('../../dist/finding/scan.js', import.meta.url)

export interface Cold {
  /** From the start of the process, Node's own included. */
  readonly milliseconds: number
  /** Of them, until the first line ran. */
  readonly nodeMs: number
  readonly peakBytes: number
}

const program = `
const nodeMs = performance.now()
const [address, path] = process.argv.slice(1)
const { readFileSync } = process.getBuiltinModule('fs')
const { scan } = await import(address)
await scan([{ path, content: readFileSync(path, 'utf8') }])
console.log(JSON.stringify({ milliseconds: performance.now(), nodeMs, peakBytes: process.resourceUsage().maxRSS * 1024 }))`

/** The quickest of so many processes, each of which reads one file; `undefined` where nothing was built. */
export function coldStart(path: string, times: number): Cold | undefined {
  if (!existsSync(built)) return undefined
  const once = () => JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program, built.href, path], { encoding: 'utf8' })) as Cold
  return Array.from({ length: times }, once).sort((a, b) => a.milliseconds - b.milliseconds)[0]
}
