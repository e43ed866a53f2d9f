import type { RecordedRun } from '../../index.ts'
import { type AttackTried, attacksRepeated, attacksTried } from '../../records/attack-tried.ts'
import type { Digest } from '../../records/digest.ts'

/** An attack on one program that ended in one way, however often it was made there. */
export interface Tries {
  first: AttackTried
  times: number
}

/** An attack as a critic asked for it, what came of it where it was made, and on which other programs it was seen to succeed. */
export interface AttackTold {
  input: string
  tries: Tries[]
  /** Programs beside those that it was first made on. Absent where it was not tried on others. */
  others?: { through: Digest[]; held: Digest[] }
  /** It was to be tried on others, and the run ended before. */
  isUnfinished: boolean
}

/** What critics attacked the programs with. What was not seen to come through is no proof that nothing does. */
export function attacksOf({ dialogues, scans, verdict }: Pick<RecordedRun, 'dialogues' | 'scans' | 'verdict'>): AttackTold[] {
  const repeated = new Set(attacksRepeated(dialogues))
  return [...Map.groupBy(attacksTried(dialogues), ({ call }) => call.input)].map(([input, made]) => {
    const tries = [...Map.groupBy(made, ({ candidate, call }) => JSON.stringify([candidate, call.outcome, call.result])).values()].map((same): Tries => ({ first: same[0]!, times: same.length }))
    if (!repeated.has(input)) return { input, tries, isUnfinished: false }
    const cwe = made.flatMap(({ call }) => call.exhibits).find((exhibit) => exhibit.cwe !== undefined)?.cwe
    const tried = new Set(made.map(({ candidate }) => candidate))
    const others = scans.filter(({ candidate }) => !tried.has(candidate)).map(({ candidate, findings }) => ({ candidate, through: findings.some((finding) => finding.rule.startsWith('observed/') && finding.cwe === cwe) }))
    const which = (through: boolean) => others.filter((other) => other.through === through).map(({ candidate }) => candidate)
    return verdict === undefined ? { input, tries, isUnfinished: true } : { input, tries, others: { through: which(true), held: which(false) }, isUnfinished: false }
  })
}

/** When a program was attacked so, in words. */
export function triedIn({ first: { round, stage }, times }: Tries): string {
  return `${times === 1 ? '' : `${times} times, first in `}round ${round}, ${stage}`
}

/** How an attack ended on the program that it was made on. */
export function observedIn({ call, cameThrough }: AttackTried): string {
  if (call.outcome !== 'answered') return `not made (${call.outcome}): ${call.result}`
  return cameThrough ? call.result : 'nothing came through, or the program does the same with what is allowed'
}

/** The marks of an attack, which we fill in. */
export const marksTold: readonly (readonly [mark: string, meaning: string])[] = [
  ['{{up}}', 'a name that leads out of the folder, to a file that we put there'],
  ['{{code}}', 'an expression whose value nobody can tell who does not run it'],
  ['{{sql}}', 'a subquery of that kind'],
  ['{{folder}}', 'a folder with a file in it'],
]
