import { z } from 'zod'
import { ModuleOffer } from './round.ts'
import { Verdict } from './verdict.ts'

/** One task, model, seed and budget, with representatives chosen in each of the ways (CodeChain's own ablation): whether the method helped. The first round is the same for all. */
export const Ablation = z.strictObject({
  variants: z.array(z.strictObject({ representatives: ModuleOffer.shape.by, run: z.string().min(1), verdict: Verdict })).min(1),
})
export type Ablation = z.infer<typeof Ablation>
