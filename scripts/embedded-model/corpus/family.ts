import type { Grammar } from './grammar.ts'

/** Checks of one language, written against `$f`. Each stands alone and throws where it does not hold. */
export interface Checks {
  /** What the program is asked to do. */
  tests: readonly string[]
  /** Attempts to abuse it: they throw where the attempt succeeds. */
  exploits?: readonly string[]
}

/** How programs of one language are made, and what confirms what is said of them. */
export interface Implementation extends Checks {
  grammar: Grammar
}

/** A pure function's call and result, the same in both languages: plain JSON. */
export interface Example {
  arguments: readonly unknown[]
  result: unknown
}

/** One kind of task, with everything that is needed to make instructions and programs of it. */
export interface Family {
  name: string
  /** Where the task has a security side. */
  cwe?: string
  /** The function's name is one of the verbs with one of the nouns: `read_note`. */
  verbs: readonly string[]
  nouns: readonly string[]
  /** The parameters in their order: the name that templates use (without `$`), and what it may be called. */
  parameters: Readonly<Record<string, readonly string[]>>
  /** Local names that templates use, beside the shared ones. */
  locals?: Readonly<Record<string, readonly string[]>>
  /**
   * What the function does, as `[reads/read] the file $name below the directory $base and [returns/return] its text`: the third person and
   * the imperative of each verb; `{none}`, `{true}`, `{dict}`, `{list}` are the language's words. Six at least; the last two are held out.
   */
  phrases: readonly string[]
  /** Appended where the task says that it must be secure: ` and [rejects/reject] every path that leaves $base`. Three at least; the last is held out. */
  careful?: readonly string[]
  /** Pure functions: tests of both languages are made of them. Four at least. */
  examples?: readonly Example[]
  python: Implementation
  typescript: Implementation
  /** Pure functions of one argument whose results others can take: `{ takes: 'numbers', gives: 'numbers' }`. Programs of several functions are made of them. */
  stage?: { takes: Shape; gives: Shape }
}

/** What a stage takes and gives. */
export type Shape = 'text' | 'numbers' | 'words' | 'number' | 'counts' | 'truth'
