import { z } from 'zod'
import { Digest } from './digest.ts'
import { FindingCount } from './finding.ts'
import { Language } from './language.ts'
import { TestTally } from './score.ts'

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
  /** Where it lies in the file's text (UTF-16 units, end exclusive). */
  span: z.strictObject({ start: z.int().min(0), end: z.int().min(0) }),
  /** Names that it calls, in the order of the alphabet; `self.f()` and `a.f()` call `f`. */
  calls: z.array(z.string()),
})
export type Module = z.infer<typeof Module>

/** Sub-modules of the programs so far, grouped by what they are alike in (CodeChain §3.2). */
export const ModuleClustering = z.strictObject({
  /** The round that it is made for. */
  round: z.int().min(2),
  embedder: z.string().min(1),
  /** Each module by its digest and its program's, and where it lies when all are seen from where they differ most; `place` is for drawings alone. */
  modules: z.array(z.strictObject({ module: Digest, candidate: Digest, place: z.tuple([z.number(), z.number()]) })),
  /** Positions in `modules`, the one nearest to the middle first. */
  clusters: z.array(z.strictObject({ members: z.array(z.int().min(0)).min(1), representative: z.int().min(0).exactOptional() })),
})
export type ModuleClustering = z.infer<typeof ModuleClustering>

/** A real module that stands for those that are like it, with what is known of it. */
export const Representative = z.strictObject({
  round: z.int().min(2),
  module: Digest,
  candidate: Digest,
  name: z.string().min(1),
  language: Language,
  code: z.string().min(1),
  /** Position in the round's clustering; absent where it was chosen otherwise. */
  cluster: z.int().min(0).exactOptional(),
  /** What its program does on the tests that somebody vouches for. */
  tests: TestTally,
  /** What was found in it, worst first. */
  findings: z.array(FindingCount),
})
export type Representative = z.infer<typeof Representative>
