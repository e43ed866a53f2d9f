import type { Dialogue, ToolCall } from './critique.ts'
import type { Digest } from './digest.ts'

/** A critic's attack on a program. It came through where something was seen of it. */
export interface AttackTried {
  call: ToolCall
  candidate: Digest
  round: number
  stage: Dialogue['stage']
  cameThrough: boolean
}

/** The attacks that critics made, in the order in which they did. */
export function attacksTried(dialogues: readonly Dialogue[]): AttackTried[] {
  return dialogues.flatMap(({ candidate, round, stage, turns }) =>
    turns.flatMap(({ calls }) =>
      calls.filter(({ tool }) => tool === 'attack').map((call) => ({ call, candidate, round, stage, cameThrough: call.outcome === 'answered' && call.exhibits.length > 0 })),
    ),
  )
}

const most = 8

/** Those that came through and are tried on every other program as well, as they were asked for. */
export function attacksRepeated(dialogues: readonly Dialogue[]): string[] {
  return [...new Set(attacksTried(dialogues).flatMap(({ call, cameThrough }) => (cameThrough ? [call.input] : [])))].slice(0, most)
}
