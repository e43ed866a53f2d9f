// The library's public names. Everything else is an implementation detail.
export { CountersignError, errorTable, exitCodes } from './errors.ts'
export type { ErrorCode } from './errors.ts'
