import { z } from 'zod'

/** Which model writes in a run, and why that one. */
export const ModelChoice = z.strictObject({
  /** As `driver/name`. */
  model: z.string(),
  because: z.enum(['named', 'local-server', 'model-file', 'embedded', 'replayed']),
  detail: z.string(),
})
export type ModelChoice = z.infer<typeof ModelChoice>
