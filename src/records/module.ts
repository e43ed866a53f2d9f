import { z } from 'zod'
import { Digest } from './digest.ts'
import { Language } from './language.ts'

/** What a part of a program is: a function or class of its own, a method, or a function bound to a name (`const f = () => 1`). */
export const ModuleKind = z.enum(['function', 'class', 'method', 'bound-function'])
export type ModuleKind = z.infer<typeof ModuleKind>

/** A part of a program that has a name (CodeChain §3): a sub-module that another program may use. All text in it is untrusted. */
export const Module = z.strictObject({
  /** Digest of the canonical form of `code`: modules that differ in layout and comments alone share it. */
  digest: Digest,
  /** Content digest of the candidate that it was taken from. */
  candidate: Digest,
  language: Language,
  path: z.string().min(1),
  name: z.string().min(1),
  kind: ModuleKind,
  /** Names of the classes and functions around it, the outermost first. */
  within: z.array(z.string()),
  /** Its text up to the body. */
  signature: z.string().min(1),
  /** Its docstring, or the comment right before it. */
  description: z.string().exactOptional(),
  /** The text of the body without the docstring. */
  body: z.string(),
  /** The whole text, a part of which `signature` and `body` are, moved to the left margin. It parses alone: a method of JavaScript stands in a class of its own. */
  code: z.string().min(1),
  /** Names that it calls, in the order of the alphabet; `self.f()` and `a.f()` call `f`. */
  calls: z.array(z.string()),
})
export type Module = z.infer<typeof Module>
