import { z } from 'zod'
import { Digest } from './digest.ts'

/** How a candidate's files parse: in how many places the grammar could not explain them, or which bound they met. */
export const ParseEvidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('parsed'), errors: z.int().min(0) }),
  z.strictObject({ kind: z.literal('too-large'), bound: z.enum(['text', 'nodes', 'steps']), limit: z.int() }),
])
export type ParseEvidence = z.infer<typeof ParseEvidence>

/**
 * Why a program is no attempt at the task (Coder-Reviewer §3, "degenerate"): nothing in it, nothing but a placeholder, or so
 * repetitive that it compresses beyond reason.
 */
export const Degenerate = z.enum(['empty', 'placeholder', 'repetitive'])
export type Degenerate = z.infer<typeof Degenerate>

/** What the compiler says of a TypeScript program's types; what is only about its surroundings (a package, Node's types) does not count. */
export const TypeEvidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('checked'), errors: z.int().min(0) }),
  z.strictObject({ kind: z.literal('unknown') }),
])
export type TypeEvidence = z.infer<typeof TypeEvidence>

/** What is seen of a distinct candidate before it runs. */
export const Screening = z.strictObject({
  /** Content digest of the first proposal with this content or canonical form. */
  candidate: Digest,
  /** Every proposal that is this candidate, the first one first. */
  ids: z.array(z.string()).min(1),
  parse: ParseEvidence,
  /** `not-asked` when the task names none; `unknown` when the program could not be parsed. */
  entryPoint: z.enum(['found', 'missing', 'not-asked', 'unknown']),
  degenerate: Degenerate.exactOptional(),
  /** Absent where the language has no types to check. */
  types: TypeEvidence.exactOptional(),
  /** Names that it uses and nothing in it defines (Python); absent where that is not known. */
  undefinedNames: z.array(z.string()).exactOptional(),
  /** Places where it raises or throws. */
  refusals: z.int().min(0).exactOptional(),
  /** Of the words that the task puts in quotes, and the names that code shown in it takes from files beside it, how many stand in it; absent where there are none. */
  quoted: z.strictObject({ used: z.int().min(0), of: z.int().min(1) }).exactOptional(),
  /** Words of the canonical form: the length of the program without layout, comments and docstrings. */
  words: z.int().min(0),
  /** Digest of the canonical form; absent where the program does not parse and only equal text counts as equal. */
  canonical: Digest.exactOptional(),
})
export type Screening = z.infer<typeof Screening>
