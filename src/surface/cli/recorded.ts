import { CountersignError } from '../../errors.ts'
import type { Recorder } from '../../index.ts'
import { interruptible } from './interruption.ts'
import { oneLine } from './text.ts'

/** Does the work of a run and writes into its record how it ended. */
export async function recorded<T>(recorder: Recorder, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    const result = await interruptible(work)
    recorder.end({ stop: 'finished' })
    return result
  } catch (error) {
    throw closed(recorder, error)
  }
}

/** Closes the record of a run that gave no answer; what was interrupted says where its record is. */
function closed(recorder: Recorder, error: unknown): unknown {
  const interrupted = error instanceof CountersignError && error.code === 'INTERRUPTED'
  try {
    recorder.end(interrupted ? { stop: 'interrupted' } : { stop: 'failed', failure: oneLine(error instanceof CountersignError ? `${error.code}: ${error.message}` : String(error)) })
  } catch {
    // The store is what failed, and its own error is on its way already.
    return error
  }
  if (!interrupted) return error
  return new CountersignError('INTERRUPTED', `run ${recorder.id} was interrupted; what it did is kept: countersign show ${recorder.id}`, { cause: error })
}
