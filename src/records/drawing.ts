import { z } from 'zod'
import { Digest } from './digest.ts'
import { Look } from './look.ts'
import { SampleFailure } from './sample.ts'

/** Why there are no more samples than there are. */
export const DrawingStop = z.enum(['all-drawn', 'settled', 'budget', 'failed'])
export type DrawingStop = z.infer<typeof DrawingStop>

/** How the candidates of a run were had from a model, and what was had besides. */
export const Drawing = z.strictObject({
  /** As `driver/name`. */
  model: z.string(),
  prompt: Digest,
  /** Samples asked for, the direct answer among them. */
  asked: z.int().min(1),
  /** Samples without a program. */
  unusable: z.array(z.strictObject({ index: z.int().min(0), reason: z.enum(['empty', 'refused', 'prose', 'other-language', 'repeated']), detail: z.string() })),
  /** Candidates whose answer ended in the middle of the program. */
  cutOff: z.array(z.string()),
  /** The names under which another model than the one asked for answered. */
  substitutes: z.array(z.string()),
  failures: z.array(SampleFailure),
  /** Outlines of sub-modules that were asked for before the programs, and how many answers held none. */
  outlines: z.strictObject({ asked: z.int().min(1), missing: z.int().min(0) }).exactOptional(),
  /** Where they were drawn in batches, what was seen after each. */
  looks: z.array(Look).exactOptional(),
  stop: DrawingStop,
})
export type Drawing = z.infer<typeof Drawing>

/** How a model was asked for tests, and what of its answers is no test. */
export const TestWriting = z.strictObject({
  model: z.string(),
  prompt: Digest,
  /** Answers asked for. */
  asked: z.int().min(1),
  /** Assertions that were read as tests. */
  tests: z.int().min(0),
  unread: z.array(z.strictObject({ text: z.string(), reason: z.string() })),
  failures: z.array(SampleFailure),
  stop: DrawingStop,
})
export type TestWriting = z.infer<typeof TestWriting>
