/** Every way in which Countersign can fail to answer: code -> exit code and HTTP status. Answers we dislike are records, not errors. */
export const errorTable = {
  INPUT_INVALID: { exitCode: 2, httpStatus: 400 },
  CONFIGURATION_INVALID: { exitCode: 2, httpStatus: 400 },
  LANGUAGE_UNSUPPORTED: { exitCode: 2, httpStatus: 400 },
  RUN_NOT_FOUND: { exitCode: 2, httpStatus: 404 },
  SANDBOX_UNAVAILABLE: { exitCode: 3, httpStatus: 503 },
  SANDBOX_BROKEN: { exitCode: 3, httpStatus: 503 },
  STORE_UNAVAILABLE: { exitCode: 3, httpStatus: 503 },
  MODEL_UNREACHABLE: { exitCode: 3, httpStatus: 502 },
  MODEL_REFUSED: { exitCode: 3, httpStatus: 502 },
  TOOLS_REFUSED: { exitCode: 3, httpStatus: 502 },
  MODEL_LATE: { exitCode: 3, httpStatus: 504 },
  MODEL_REPLY_INVALID: { exitCode: 3, httpStatus: 502 },
  CONTEXT_EXCEEDED: { exitCode: 2, httpStatus: 413 },
  SPEND_UNKNOWN: { exitCode: 2, httpStatus: 400 },
  BUDGET_SPENT: { exitCode: 6, httpStatus: 402 },
  INTERRUPTED: { exitCode: 3, httpStatus: 503 },
  EVIDENCE_BROKEN: { exitCode: 4, httpStatus: 422 },
} as const

export type ErrorCode = keyof typeof errorTable

/** Exit codes that answers have: the rest of the one table of the design. */
export const exitCodes = { done: 0, denied: 1, input: 2, outside: 3, evidence: 4, abstained: 5, budget: 6 } as const

/** We could not answer. The message says what, which, and what would help; `cause` keeps what was underneath. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }

  get exitCode(): number {
    return errorTable[this.code].exitCode
  }
}
