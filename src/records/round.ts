import { z } from 'zod'
import { Digest } from './digest.ts'
import { Drawing } from './drawing.ts'

const common = {
  number: z.int().min(1),
  /** The candidates that were written in it; `leader` is the best program before it, `gained` whether the best one after it is one of these. */
  candidates: z.array(z.string()),
}

/** What sub-modules the programs before a round gave, and which of them were offered. */
export const ModuleOffer = z.strictObject({
  /** How they were chosen: one for each cluster of those that are alike, at random, or none at all. */
  by: z.enum(['clustered', 'random', 'none']),
  /** Sub-modules in programs, and how many of them differ. */
  found: z.int().min(0),
  distinct: z.int().min(0),
  /** Programs that could not be read, and those that hold no sub-module. */
  unread: z.int().min(0),
  without: z.int().min(0),
  /** Names of those that do not compile alone. */
  broken: z.array(z.string()),
  /** Which programs may give representatives. */
  basis: z.enum(['public-tests', 'behavior', 'none-passed']),
  clusters: z.int().min(0),
  /** Digests of the representatives' records, in the order in which they are offered. */
  representatives: z.array(Digest),
  /** Digests of the kept modules that are offered besides. */
  kept: z.array(Digest),
  /** What went otherwise than asked. */
  notes: z.array(z.string()),
})
export type ModuleOffer = z.infer<typeof ModuleOffer>

/** One round of writing. `sampling`: the first, with nothing to go on from. `codechain`: with the best sub-modules so far (CodeChain §3.3). */
export const Round = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sampling'), ...common }),
  z.strictObject({ kind: z.literal('codechain'), ...common, leader: Digest, gained: z.boolean(), drawing: Drawing, offer: ModuleOffer }),
])
export type Round = z.infer<typeof Round>

/** Why there was no further round. */
export const RoundsEnd = z.strictObject({
  reason: z.enum(['no-gain', 'limit', 'budget', 'nothing-to-offer', 'failed']),
  detail: z.string(),
})
export type RoundsEnd = z.infer<typeof RoundsEnd>
