import type { Absence, CriticRole } from '../records/critique.ts'
import type { Evidence } from '../records/evidence.ts'
import type { RoleResult, Unknown, Verdict } from '../records/verdict.ts'

const names: Record<CriticRole, string> = { safety: 'safety critic', helpfulness: 'helpfulness critic', summariser: 'summariser' }

/** Who really spoke in the dialogues, and how many revisions came of them. */
export function criticsIn({ dialogues, repairs = [] }: Evidence): Pick<Verdict, 'roles' | 'repairs'> {
  if (dialogues === undefined || dialogues.length === 0) return {}
  const turns = dialogues.flatMap((dialogue) => dialogue.turns)
  const roles = (['safety', 'helpfulness', 'summariser'] as const).map((role): RoleResult => {
    const own = turns.filter((turn) => turn.role === role)
    return { role, answered: distinct(own.flatMap(({ model }) => model ?? [])), absent: firstOfEach(own.flatMap(({ absences }) => absences)) }
  })
  const wrote = repairs.filter(({ prompt }) => prompt !== undefined)
  const actor: RoleResult = { role: 'actor', answered: distinct(wrote.map((repair) => repair.actor)), absent: [] }
  return { roles: [...roles, actor], repairs: { asked: repairs.length, accepted: repairs.filter(({ fate }) => fate === 'accepted').length } }
}

/** What no critic said. What critics say decides nothing, but that they were not there is to be known. */
export function unknownOfCritics({ dialogues }: Evidence): [Unknown['what'], string][] {
  if (dialogues === undefined || dialogues.length === 0) return [['opinion', 'no critic read the candidates']]
  const turns = dialogues.flatMap((dialogue) => dialogue.turns)
  return (['safety', 'helpfulness'] as const).flatMap((role) => {
    const own = turns.filter((turn) => turn.role === role)
    const silent = own.filter(({ model }) => model === undefined)
    const unread = own.filter(({ model, claims }) => model !== undefined && claims.length === 0)
    const absent = firstOfEach(own.flatMap(({ absences }) => absences)).map(({ model, reason }) => `${model} ${reason}`)
    const why = absent.length === 0 ? 'nobody is left to ask' : absent.join(', ')
    const details = [
      silent.length === 0 ? '' : `the ${names[role]} did not speak in ${silent.length} of ${own.length} turns (${why}); the analyser alone spoke`,
      unread.length === 0 ? '' : `${unread.length} of ${own.length} turns of the ${names[role]} hold nothing that could be read`,
    ]
    return details.filter((detail) => detail !== '').map((detail): [Unknown['what'], string] => ['opinion', detail])
  })
}

/** Whether the budget ended a dialogue or a revision. */
export function isCriticismCutShort({ dialogues = [], repairs = [] }: Evidence): boolean {
  return dialogues.some(({ stop }) => stop === 'budget') || repairs.some(({ objections }) => objections.some(({ detail }) => detail.startsWith('BUDGET_SPENT')))
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}

function firstOfEach(absences: readonly Absence[]): Absence[] {
  return [...new Map(absences.toReversed().map((absence) => [absence.model, absence])).values()].sort((one, other) => (one.model < other.model ? -1 : 1))
}
