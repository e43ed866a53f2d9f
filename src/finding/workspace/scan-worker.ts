// Reads and scans files in a thread of its own, one after the other (see `scan-files.ts`).
import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerGiven } from './scan-files.ts'
import { type SourcePath, scanSource } from './scan-source.ts'

const { root, packages } = workerData as WorkerGiven

parentPort?.on('message', async (source: SourcePath) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage(await scanSource(root, source, packages))
})
