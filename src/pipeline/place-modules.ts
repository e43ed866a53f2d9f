import { CountersignError } from '../errors.ts'
import { structural } from '../module/structural.ts'
import type { Embeddable, Embedder } from '../ports.ts'
import type { Embedded } from '../records/sample.ts'
import { calling, type WithModels } from './context.ts'

/** Where each program or part of one lies among the others, and who said so. */
export interface Placed {
  vectors: number[][]
  embedder: string
  /** Why it was not who was asked. */
  note?: string
}

/** By the model that is configured, or by their structure where it cannot. Vectors of different calls are not comparable; budgets and interruptions are for the caller. */
export async function placeModules(modules: readonly Embeddable[], context: WithModels): Promise<Placed> {
  const asked = context.models.embedder
  const embedded = asked && (await attempt(asked, modules, context))
  if (asked !== undefined && embedded?.kind === 'embedded') return { vectors: embedded.vectors, embedder: asked.driver }
  const why = embedded?.kind === 'unavailable' ? embedded.reason : undefined
  const own = await structural.embed(modules, calling(context))
  if (own.kind === 'unavailable') throw new CountersignError('MODEL_REPLY_INVALID', own.reason)
  const note = why && `sub-modules were placed by their structure, since ${asked?.driver} could not: ${why}`
  return { vectors: own.vectors, embedder: structural.driver, ...(note !== undefined && { note }) }
}

async function attempt(embedder: Embedder, modules: readonly Embeddable[], context: WithModels): Promise<Embedded> {
  try {
    return await embedder.embed(modules, calling(context))
  } catch (error) {
    if (!(error instanceof CountersignError) || ['INTERRUPTED', 'EVIDENCE_BROKEN', 'BUDGET_SPENT', 'SPEND_UNKNOWN'].includes(error.code)) throw error
    return { kind: 'unavailable', reason: error.message }
  }
}
