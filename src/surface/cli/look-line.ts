import type { Look } from '../../records/look.ts'
import { oneLine } from './text.ts'

/** What was seen after a batch, and whether more is drawn. */
export function lookLine(look: Look): string {
  const { kind, drawn, most, votes, rivals = [], because } = look
  const far = `${drawn} of ${most} drawn`
  const rest = kind === 'settled' && drawn < most ? ', so the rest is not drawn' : ''
  if (because !== undefined || votes === undefined) return `${far}: ${oneLine(because ?? '')}${rest}`
  const [next = 0] = rivals
  return `${far}: ${votesFor(votes)} for the way the best behaves, ${next === 0 ? 'none for another' : `${next} for the next`}; the risk that it is overtaken is ${riskOf(look)}${rest}`
}

/** The risk that was found beside the one that is allowed. */
function riskOf({ risk, allowed }: Look): string {
  return `${risk === undefined ? 'not known' : probability(risk)}${allowed === undefined ? '' : ` (${probability(allowed)} is allowed)`}`
}

function votesFor(votes: number): string {
  return `${votes} ${votes === 1 ? 'vote' : 'votes'}`
}

function probability(value: number): string {
  return value > 0 && value < 0.001 ? 'below 0.001' : value.toFixed(3)
}
