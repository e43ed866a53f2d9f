import { CountersignError, errorTable } from '../../errors.ts'
import { write } from './output.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does `work` with a signal that Ctrl-C (or the end of the session) aborts, so that what was recorded is closed properly. A second
 * Ctrl-C ends the process where it stands.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(errorTable.INTERRUPTED.exitCode)
    write(2, '\nstopping; once more to stop at once\n')
    controller.abort(new CountersignError('INTERRUPTED', 'the run was interrupted'))
  }
  for (const signal of signals) process.on(signal, stop)
  try {
    const result = await work(controller.signal)
    controller.signal.throwIfAborted()
    return result
  } catch (error) {
    // Whatever gave up, it gave up because of this.
    throw controller.signal.aborted ? controller.signal.reason : error
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
}
