import type { Limits } from '../ports.ts'
import { readUsage } from './usage.ts'
import type { Usage } from './usage.ts'

/**
 * Measures one guest's process from outside. CPU time counts from its last answer on; memory and wall clock from its first, by
 * which it says that the runtime is there and the program comes next.
 */
export function openMeter(pid: number | undefined, limits: Limits) {
  let latest: Usage | undefined
  let ready: { at: number; residentBytes: number } | undefined
  let answered = { at: 0, cpuMs: 0 }

  const measure = async () => {
    const usage = pid === undefined ? undefined : await readUsage(pid)
    latest = usage ?? latest
    return usage
  }

  return {
    isReady: () => ready !== undefined,
    readyMs: () => (ready === undefined ? 0 : performance.now() - ready.at),
    usage: () => ({ cpuMs: latest?.cpuMs ?? 0, peakMemoryBytes: latest?.peakBytes ?? null }),

    async answered(): Promise<void> {
      const at = performance.now()
      const isFirst = ready === undefined
      ready ??= { at, residentBytes: Infinity }
      const usage = await measure()
      answered = { at, cpuMs: usage?.cpuMs ?? answered.cpuMs }
      if (isFirst && usage !== undefined) ready.residentBytes = usage.residentBytes
    },

    /** The limit that has been passed, if one has. */
    async check(wallMs: number): Promise<'cpu' | 'wall' | 'memory' | undefined> {
      const usage = await measure()
      if (ready === undefined) return undefined
      // Where the system does not tell CPU time, time itself bounds it from above.
      const cpuMs = usage === undefined ? performance.now() - answered.at : usage.cpuMs - answered.cpuMs
      if (usage !== undefined && usage.residentBytes - ready.residentBytes > limits.memoryBytes) return 'memory'
      if (cpuMs > limits.cpuMs) return 'cpu'
      return performance.now() - ready.at > wallMs ? 'wall' : undefined
    },
  }
}
