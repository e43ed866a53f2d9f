import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readUsage, readUsageByPs } from './usage.ts'

/** A process that has used about a fifth of a second of CPU time and holds 100 MB, and waits. */
const busy = `
const held = Buffer.alloc(100e6, 1)
while (process.cpuUsage().user < 200_000);
console.log(held.length)
setTimeout(() => {}, 60_000)`

const hasPs = ['/bin/ps', '/usr/bin/ps'].some(existsSync)

test.skipIf(process.platform !== 'linux' || !hasPs)(`ps tells what /proc tells${hasPs ? '' : ' (skipped: needs ps)'}`, async () => {
  const child = spawn(process.execPath, ['-e', busy], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    await once(child.stdout, 'data')
    const [read, told] = [await readUsage(child.pid ?? 0), await readUsageByPs(child.pid ?? 0)]
    for (const usage of [read, told]) expect(usage?.residentBytes).toBeGreaterThan(100e6)
    expect(read?.cpuMs).toBeGreaterThanOrEqual(150)
    // `ps` on Linux counts whole seconds.
    expect(Math.abs((read?.cpuMs ?? 0) - (told?.cpuMs ?? 0))).toBeLessThanOrEqual(1000)
  } finally {
    child.kill('SIGKILL')
  }
})

test('a process that is gone uses nothing', async () => {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' })
  await once(child, 'close')
  expect(await readUsage(child.pid ?? 0)).toBeUndefined()
})
