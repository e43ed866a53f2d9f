import { z } from 'zod'
import { Digest, digestRecord } from './digest.ts'
import { Language } from './language.ts'

/** One file of a change set: a relative POSIX path inside the workspace, and the whole new content. */
export const ChangedFile = z.strictObject({
  path: z
    .string()
    .min(1)
    .refine((path) => !path.startsWith('/') && !path.split('/').includes('..') && !path.includes('\\') && !path.includes('\0'), {
      message: 'must be a relative path inside the workspace',
    }),
  content: z.string(),
})
export type ChangedFile = z.infer<typeof ChangedFile>

/** A proposed change set. A single function is the change set with one file; `files[0]` holds the entry point. */
export const Candidate = z.strictObject({
  id: z.string().min(1),
  language: Language,
  files: z.array(ChangedFile).min(1),
  base: Digest.optional(),
  model: z.string().optional(),
  temperature: z.number().optional(),
})
export type Candidate = z.infer<typeof Candidate>

/** Digest of what a candidate would change, whoever proposed it. Two candidates with equal content share it. */
export function contentDigest(candidate: Candidate): Digest {
  return digestRecord({ language: candidate.language, files: candidate.files, base: candidate.base ?? null })
}
