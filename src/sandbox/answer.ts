import { z } from 'zod'
import { Observation, Raised, RunOutcome } from '../records/execution.ts'

/** One line of a guest (`guest/work.py` says what they mean). It comes from the candidate's own process and is believed no further than that. */
const Answer = z.discriminatedUnion('kind', [
  /** The runtime is there; the program is loaded next. */
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('loaded') }),
  z.strictObject({ kind: z.literal('observed'), index: z.int(), observation: Observation }),
  z.strictObject({ kind: z.literal('ended'), outcome: RunOutcome, exitCode: z.int(), error: Raised.exactOptional() }),
])
export type Answer = z.infer<typeof Answer>

/** `undefined` where the text is not an answer of a guest. */
export function readAnswer(line: string): Answer | undefined {
  try {
    return Answer.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

/**
 * Splits what came over one descriptor into marked lines, without their mark, and the rest, which is the program's own output.
 * A last line that was cut off is no answer.
 */
export function splitMarked(text: string, mark: string): { lines: string[]; rest: string } {
  const [before = '', ...marked] = text.split(mark)
  const lines: string[] = []
  let rest = before
  for (const piece of marked) {
    const end = piece.indexOf('\n')
    if (end < 0) continue
    lines.push(piece.slice(0, end))
    rest += piece.slice(end + 1)
  }
  return { lines, rest }
}
