import { z } from 'zod'
import { Digest } from './digest.ts'
import { Language } from './language.ts'
import { Signature } from './signature.ts'
import { Test } from './test.ts'

/** A folder, mounted read-only for runs, and the digest of the tree the change sets apply to. */
export const Workspace = z.strictObject({
  path: z.string().min(1),
  revision: z.string().min(1).optional(),
  tree: Digest.optional(),
})
export type Workspace = z.infer<typeof Workspace>

/**
 * What is asked for. `prompt` is the program's prefix where the task is a completion; `entryPoint` the function that the
 * tests call; `tests` what was found in the task or given by the user (never a hidden test or a verdict).
 */
export const Task = z.strictObject({
  id: z.string().min(1),
  language: Language,
  instruction: z.string(),
  prompt: z.string().optional(),
  entryPoint: z.string().optional(),
  /** How the prompt or the instruction declares the entry point. */
  signature: Signature.optional(),
  workspace: Workspace.optional(),
  tests: z.array(Test),
})
export type Task = z.infer<typeof Task>
