import type { Configuration } from '../config.ts'
import { CountersignError } from '../errors.ts'
import type { Drawing, DrawingStop } from '../records/drawing.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Look } from '../records/look.ts'
import type { Verdict } from '../records/verdict.ts'
import { floorInForce } from '../verdict/in-force.ts'
import { lookAt } from '../verdict/settled.ts'
import { strategyIn } from '../verdict/strategy.ts'
import { looksOf, riskAllowed } from '../verdict/vote-race.ts'
import type { Written } from './write.ts'

/** How programs are drawn: up to so many each time, and the risk at which there is no further time. */
export interface Batches {
  looks: readonly number[]
  allowed: number
}

/** The batches of a strategy; one, where it draws everything at once or the configuration has it so. */
export function batchesFor(configuration: Configuration, most = configuration.generate.samples + 1): Batches {
  const { generate } = configuration
  const { adaptive } = strategyIn(configuration).sampling
  if (adaptive === false || !generate.adaptive) return { looks: [most], allowed: 0 }
  const confidence = adaptive.confidence === 'configured' ? generate.confidence : adaptive.confidence
  return { looks: looksOf({ most, batch: adaptive.batch }), allowed: riskAllowed({ most, batch: adaptive.batch, confidence }) }
}

/** What is to be said of what was seen up to a look. */
export function lookNow(verdict: Verdict, { task }: Pick<Evidence, 'task'>, { drawn, batches, configuration }: { drawn: number; batches: Batches; configuration: Configuration }): Look {
  return lookAt(verdict, { floor: floorInForce(configuration), language: task.language, drawn, most: batches.looks.at(-1) ?? drawn, allowed: batches.allowed })
}

const ends: readonly DrawingStop[] = ['all-drawn', 'settled', 'failed', 'budget']

/** Two batches as one. */
export function together(one: Written, other: Written): Written {
  const { drawing: first } = one
  const { drawing: second } = other
  const drawing: Drawing = {
    ...first,
    asked: first.asked + second.asked,
    unusable: [...first.unusable, ...second.unusable],
    cutOff: [...first.cutOff, ...second.cutOff],
    substitutes: [...new Set([...first.substitutes, ...second.substitutes])].sort(),
    failures: [...first.failures, ...second.failures],
    ...(first.outlines && second.outlines && { outlines: { asked: first.outlines.asked + second.outlines.asked, missing: first.outlines.missing + second.outlines.missing } }),
    stop: ends[Math.max(ends.indexOf(first.stop), ends.indexOf(second.stop))] ?? second.stop,
  }
  return { candidates: [...one.candidates, ...other.candidates], revisions: [...one.revisions, ...other.revisions], drawing }
}

/** The same where no more is drawn because what was seen is settled. */
export function settled(written: Written): Written {
  return { ...written, drawing: { ...written.drawing, stop: 'settled' } }
}

/** A batch that could not be had is no reason to give up what is there: it says why there is no more of it. */
export function lackingBatch({ drawing }: Written, { first, count, error }: { first: number; count: number; error: unknown }): Written {
  if (!(error instanceof CountersignError) || ['INTERRUPTED', 'EVIDENCE_BROKEN', 'INPUT_INVALID'].includes(error.code)) throw error
  const { code, message } = error
  const failures = Array.from({ length: count }, (_, offset) => ({ index: first + offset, code, message }))
  const stop = code === 'BUDGET_SPENT' || code === 'SPEND_UNKNOWN' ? 'budget' : 'failed'
  const { outlines: _, looks: __, ...like } = drawing
  return { candidates: [], revisions: [], drawing: { ...like, asked: count, unusable: [], cutOff: [], substitutes: [], failures, stop } }
}
