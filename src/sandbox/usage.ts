import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** What a process has used so far. */
export interface Usage {
  cpuMs: number
  residentBytes: number
  peakBytes: number
}

const MS_PER_TICK = 10

/** Reads what another process has used; `undefined` when it is gone, or where the system does not say (Windows: then wall clock must do). */
export async function readUsage(pid: number): Promise<Usage | undefined> {
  if (process.platform === 'linux') return fromProc(pid)
  return process.platform === 'win32' ? undefined : await readUsageByPs(pid)
}

/** How often it is worth asking: `ps` is a process of its own. */
export const usageIntervalMs = process.platform === 'linux' ? 20 : 200

function fromProc(pid: number): Usage | undefined {
  try {
    const fields = afterName(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const residentBytes = kilobytes(status, 'VmRSS')
    // One that has ended and was not yet waited for has no memory any more.
    if (residentBytes === 0) return undefined
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK, residentBytes, peakBytes: kilobytes(status, 'VmHWM') }
  } catch {
    return undefined
  }
}

/** A process's name may hold spaces and parentheses: fields are counted from behind it. */
function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
}

/** Every system but Windows has `ps`. */
export async function readUsageByPs(pid: number): Promise<Usage | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=,time=', '-p', String(pid)])
    const [resident, time] = stdout.trim().split(/\s+/)
    const residentBytes = Number(resident) * 1024
    return time === undefined ? undefined : { cpuMs: clock(time), residentBytes, peakBytes: residentBytes }
  } catch {
    return undefined
  }
}

/** `[[days-]hours:]minutes:seconds.hundredths` in milliseconds. */
function clock(time: string): number {
  const [clockTime = '', days = '0'] = time.split('-').toReversed()
  const seconds = clockTime.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return (Number(days) * 86_400 + seconds) * 1000
}
