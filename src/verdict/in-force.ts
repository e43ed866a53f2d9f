import type { Configuration, Floor } from '../config.ts'
import { Confidence, Severity } from '../records/finding.ts'
import { strategyIn } from './strategy.ts'

/**
 * The floor that the strategy has. Where critics speak, what is likely is forbidden as well, unless the configuration lets it pass: a program that they
 * were to make secure is not chosen with a weakness that was seen in it and not mended.
 */
export function floorInForce({ floor, critique, ...configuration }: Pick<Configuration, 'strategy' | 'floor' | 'critique'>): Floor {
  const { rounds } = strategyIn(configuration)
  const likely = rounds.kind === 'indict' ? (rounds.likely === 'configured' ? critique.likely : rounds.likely) : 'allow'
  if (likely === 'allow') return floor
  return { ...floor, severity: laxer(Severity.options, floor.severity), confidence: laxer(Confidence.options, floor.confidence) }
}

function laxer<Name extends string>(order: readonly Name[], given: Name): Name {
  const medium = order.indexOf('medium' as Name)
  return order.indexOf(given) > medium ? given : order[medium]!
}
