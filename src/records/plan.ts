import { z } from 'zod'

/** A sub-module that a writer means to write. */
export const PlannedModule = z.strictObject({
  name: z.string().min(1),
  /** Its name with its parameters, as it was written. */
  signature: z.string().min(1),
  /** What it is to do; empty where nothing was said. */
  description: z.string(),
})
export type PlannedModule = z.infer<typeof PlannedModule>

/** The sub-modules that were outlined before a program was written (CodeChain §3.1). All text in it is untrusted. */
export const Plan = z.strictObject({
  /** The candidate that was written after it. */
  id: z.string().min(1),
  modules: z.array(PlannedModule).min(1),
})
export type Plan = z.infer<typeof Plan>
