// Reads and scans files in a thread of its own, one after the other (see `scan-files.ts`).
import { parentPort, workerData } from 'node:worker_threads'
import type { Job, WorkerGiven } from './scan-files.ts'
import { filesAt, scanSource } from './scan-source.ts'

const { root, packages, paths } = workerData as WorkerGiven
const others = filesAt(root, paths)

parentPort?.on('message', async ({ source, follow, steps }: Job) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage(await scanSource(root, source, { packages, others, follow, steps }))
})
