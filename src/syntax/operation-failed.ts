/** An operation that gave no value: `type` is the language's own error; without it the operation is one we do not know. Never leaves `syntax`. */
export class OperationFailed extends Error {
  readonly type: string | undefined

  constructor(type?: string) {
    super(type ?? 'unsupported')
    this.type = type
  }
}

/** The most elements, characters or bits that an operation may build: `'a' * 10**9` is an attack on the judge, not a test. */
export const maximumSize = 1_000_000
