import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import type { Model } from '../ports.ts'
import { Domain } from '../records/familiarity.ts'
import { embeddedWeights } from './embedded-weights.ts'
import { openLlama } from './llama.ts'
import { digestFile } from './llama-runtime.ts'

/** What lies beside the weights: what they are, and how likely they find instructions of the kinds they know. */
export const EmbeddedCard = z.object({ weights: z.string(), least: Domain.shape.least })

export interface EmbeddedOptions {
  /** Where `embedded.gguf` and `embedded.json` lie; the package's own folder when absent. */
  folder?: string
  /** What the weights must be. */
  weights?: string
}

const notice = 'the embedded model is a demonstration: it knows a few dozen families of small tasks and nothing else, and what it writes says nothing about other models'
// The folder lies beside src as it does beside dist.
const ownFolder = fileURLToPath(new URL('../../models', import.meta.url))

/** The weights that come with the package; opening them is what says whether they are whole. */
export const embeddedFile = join(ownFolder, 'embedded.gguf')

/** The small model that comes with the package, run like any other model file, and only if it is the one that this version was made with. */
export async function openEmbedded({ folder = ownFolder, weights = embeddedWeights }: EmbeddedOptions = {}): Promise<Model> {
  const path = join(folder, 'embedded.gguf')
  if (!existsSync(path)) throw new CountersignError('CONFIGURATION_INVALID', `the embedded model is not here: there is no file ${path}`)
  const found = await digestFile(path)
  if (found !== weights) throw new CountersignError('EVIDENCE_BROKEN', `the embedded model is damaged: ${path} is ${found} and not ${weights}`)
  const { least } = readCard(join(folder, 'embedded.json'), weights)
  return await openLlama({ path, domain: { notice, least } })
}

function readCard(path: string, weights: string): z.infer<typeof EmbeddedCard> {
  const card = EmbeddedCard.safeParse(parsed(path))
  if (card.success && card.data.weights === weights) return card.data
  throw new CountersignError('EVIDENCE_BROKEN', `the embedded model is damaged: ${path} ${card.success ? 'belongs to other weights' : 'cannot be read'}`)
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
