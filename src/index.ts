// The library's public names. Everything else is an implementation detail.
export { Configuration, defaults } from './config.ts'
export { CountersignError, errorTable, exitCodes } from './errors.ts'
export type { ErrorCode } from './errors.ts'
export { Store } from './store/store.ts'
export type { Ending, Evidence, Recorder, RunSummary } from './store/store.ts'
