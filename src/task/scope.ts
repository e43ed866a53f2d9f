import type { Language } from '../records/language.ts'
import type { Test } from '../records/test.ts'

/** What an assertion may name: what the candidate defines (`names`), and what else its program brings along (`known`: imports, constants). */
export interface Scope {
  language: Language
  names: ReadonlySet<string>
  known?: ReadonlySet<string>
}

/** `incomplete`: no whole statement. `unknown-name`: it names what neither the task nor the language has. `no-call`: it does not touch the candidate. */
export type ReadTest = { kind: 'test'; test: Test } | { kind: 'unreadable'; text: string; reason: 'incomplete' | 'unknown-name' | 'no-call' }
