import type { Language } from '../../records/language.ts'
import type { SyntaxNode } from '../../syntax/tree.ts'
import type { Program } from '../ir/statement.ts'

/** One language's way into the engine. Another language is another folder beside this file and an entry in `frontends.ts`. */
export interface Frontend {
  readonly language: Language
  readonly extensions: readonly string[]
  /** Makes a fragment readable; `shift` is how many characters now stand before it. */
  prepare(text: string): { readonly text: string; readonly shift: number }
  /** Reads a syntax tree, broken ones included, as far as it goes. Never throws on any input. */
  lower(root: SyntaxNode, text: string): Program
}

/** Deeper nesting than this is no code that anybody reads; it bounds the recursion of lowering and of the engine. */
export const depthLimit = 220
