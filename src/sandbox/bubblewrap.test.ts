import { expect, test } from 'vitest'
import { keepsTheSandboxContract, limits } from '../../test/contract/sandbox.ts'
import { withoutBubblewrap } from '../../test/support/bubblewrap.ts'
import { openBubblewrap } from './bubblewrap.ts'

// The whole contract, with what it withstands, is in the slow tests.
keepsTheSandboxContract('bubblewrap', { open: openBubblewrap, skipped: withoutBubblewrap, languages: ['python'] })

test('without bubblewrap it is unavailable, and says what to install', async () => {
  const failure = openBubblewrap({ program: '/nowhere/bwrap' })
  await expect(failure).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE', message: expect.stringContaining('not installed') as string })
})

test('where no container can be made it is unavailable, and says why', async ({ skip }) => {
  if (withoutBubblewrap !== undefined) skip(withoutBubblewrap)
  const failure = openBubblewrap({ program: '/usr/bin/false' })
  await expect(failure).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE', message: expect.stringContaining('has ended') as string })
})

test('a program whose time is up before it starts is timed out, and the sandbox is not broken', async ({ skip }) => {
  if (withoutBubblewrap !== undefined) skip(withoutBubblewrap)
  const sandbox = await openBubblewrap({ concurrency: 1 })
  try {
    const job = { language: 'python' as const, files: [{ path: 'main.py', content: '' }], work: { kind: 'calls' as const, calls: [] } }
    expect(await sandbox.run(job, { limits: { ...limits, wallMs: 1 } })).toMatchObject({ outcome: 'timed-out' })
    expect(await sandbox.run(job, { limits })).toMatchObject({ outcome: 'completed' })
  } finally {
    await sandbox.close()
  }
})
