import type { SourceKind, Taint } from '../engine/taint.ts'
import type { Report } from './rule.ts'

/** How much a way from a source to a sink is worth. `habit`: nothing shows an attacker, but the code invites one. */
export type Level = 'high' | 'medium' | 'habit' | 'low'

export type Levels = Partial<Record<SourceKind, Level>>

const weaker: Record<Level, Level> = { high: 'medium', medium: 'low', habit: 'low', low: 'low' }

export function reportAt(level: Level, taint?: Taint): Report {
  const way = taint === undefined ? {} : { taint }
  if (level === 'high') return { confidence: 'high', tier: 'vulnerability', ...way }
  if (level === 'medium') return { confidence: 'medium', tier: 'vulnerability', ...way }
  return { confidence: level === 'habit' ? 'medium' : 'low', tier: 'hygiene', ...way }
}

/** The verdict on the most dangerous of the taints that a rule cares for; what came through something unknown weighs less. */
export function judge(open: readonly Taint[], levels: Levels): Report | undefined {
  for (const taint of open) {
    const level = levels[taint.origin.kind]
    if (level === undefined) continue
    // A check that nobody can read leaves nothing of what is a guess by itself.
    if (taint.checked === true && level !== 'high' && level !== 'medium') continue
    return reportAt(taint.checked === true ? 'low' : taint.weak ? weaker[level] : level, taint)
  }
  return undefined
}

/** Sources that an attacker is behind, at full weight. */
export const attackers = { user: 'high', console: 'medium', network: 'medium', parameter: 'medium' } as const satisfies Levels
