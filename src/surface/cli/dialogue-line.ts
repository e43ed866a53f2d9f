import type { Dialogue } from '../../records/critique.ts'
import type { Repair } from '../../records/repair.ts'
import type { Verdict } from '../../records/verdict.ts'
import { oneLine } from './text.ts'

/** What a dialogue about a program came to. */
export function dialogueLine({ round, stage, turns, stop }: Dialogue, id: string): string {
  const attacks = turns.flatMap(({ calls }) => calls).filter(({ tool, outcome }) => tool === 'attack' && outcome === 'answered')
  const through = attacks.filter(({ exhibits }) => exhibits.length > 0).length
  const attacked = attacks.length === 0 ? '' : `; ${through} of ${attacks.length} ${attacks.length === 1 ? 'attack' : 'attacks'} came through`
  const claims = turns.flatMap((turn) => turn.claims).filter(({ kind }) => kind !== 'approval')
  const counted = (['evidenced', 'opinion', 'refuted'] as const).flatMap((standing) => {
    const { length } = claims.filter((claim) => claim.standing === standing)
    return length === 0 ? [] : [`${length} ${standing === 'opinion' && length > 1 ? 'opinions' : standing}`]
  })
  const said = stop === 'no-critic' ? 'no critic spoke' : counted.length === 0 ? 'nothing claimed' : counted.join(', ')
  return `${oneLine(id)}, round ${round}, ${stage}: ${said}${attacked}${stop === 'budget' ? ' (the budget ended it)' : ''}`
}

/** What became of a revision. */
export function repairLine({ id, of, fate, mended, objections }: Repair): string {
  const why = fate === 'accepted' ? `mends ${mended.map((target) => (target.kind === 'finding' ? `${target.rule} on line ${target.line}` : target.text)).join(', ')}` : objections.map(({ detail }) => detail).join('; ')
  return oneLine(`${id}, a revision of ${of}: ${fate}: ${why}`)
}

/** Who spoke in the dialogues of a verdict, and what came of the revisions; nothing where there were none. */
export function roleLines({ roles = [], repairs }: Verdict): string[] {
  const lines = roles.map(({ role, answered, absent }) => {
    const missing = absent.map(({ model, reason }) => `${model} was ${reason}`)
    return oneLine(`${role}: ${[answered.join(', ') || 'nobody', ...missing].join('; ')}`)
  })
  return repairs === undefined ? lines : [...lines, `${repairs.accepted} of ${repairs.asked} revisions took their parent's place`]
}
