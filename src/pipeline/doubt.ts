import type { Floor } from '../config.ts'
import type { Language } from '../records/language.ts'
import type { Verdict } from '../records/verdict.ts'
import { rivalsIn } from '../verdict/rank.ts'
import type { Models } from './context.ts'

/** Whether there is something to argue about: the best program has a weakness that can be exploited or fails a test, or the best two ways of behaving are nearly equal. */
export function isInDoubt({ ranking }: Pick<Verdict, 'ranking'>, bar: { floor: Floor; language: Language }): boolean {
  const [best] = ranking
  if (best === undefined) return false
  const { outside, inProcess } = best.publicTests
  return outside.failed + inProcess.failed > 0 || best.findings?.some(({ tier }) => tier === 'vulnerability') === true || rivalsIn(ranking, bar) !== undefined
}

/** Whether somebody has a word on it: a model that knows little has none, unless others speak in its place. */
export function canArgue({ coder, critics }: Pick<Models, 'coder' | 'critics'>): boolean {
  return coder.domain === undefined || (critics !== undefined && Object.values(critics).some((models) => models.length > 0))
}
