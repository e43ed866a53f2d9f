import type { Look } from '../../records/look.ts'
import { oneLine } from './text.ts'

/** What was seen after a batch, and whether more is drawn. */
export function lookLine({ kind, drawn, most, votes = 0, rivals = [], risk = 1, because }: Look): string {
  const far = `${drawn} of ${most} drawn`
  if (because !== undefined) return `${far}: ${oneLine(because)}`
  const [next = 0] = rivals
  const race = `${votes} behave like the best, ${next === 0 ? 'none in another way' : `${next} in the next way`}; it would be overtaken with probability ${risk < 0.001 ? 'below 0.001' : risk.toFixed(3)} at most`
  return `${far}: ${race}${kind === 'settled' && drawn < most ? ', so the rest is not drawn' : ''}`
}
