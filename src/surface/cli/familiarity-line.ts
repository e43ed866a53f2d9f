import { type Familiarity, isFamiliar } from '../../records/familiarity.ts'

/** Whether a task is of a kind that a small model knows, and by which numbers. */
export function familiarityLine(familiarity: Familiarity): string {
  const { perCharacter, least, unknown } = familiarity
  if (perCharacter === undefined) return `not known: ${unknown ?? 'it was not said why'}`
  if (least === undefined) return `no: the language of the task is unknown to the model`
  return `${isFamiliar(familiarity) ? 'yes' : 'no'}: the instruction has a log-probability of ${perCharacter.toFixed(2)} a character, where tasks that it knows have ${least.toFixed(2)} or more`
}
