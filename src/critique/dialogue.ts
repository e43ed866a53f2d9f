import type { Model } from '../ports.ts'
import type { Claim, CriticRole, Dialogue, Turn } from '../records/critique.ts'
import type { Digest } from '../records/digest.ts'
import type { Prompt, PromptKind } from '../records/prompt.ts'
import { cut } from './fence.ts'
import { helpfulnessPrompt } from './helpfulness-prompt.ts'
import { safetyPrompt } from './safety-prompt.ts'
import type { Scene } from './scene.ts'
import { summariserPrompt } from './summariser-prompt.ts'
import { takeTurn, type Taken, type TurnOptions } from './turn.ts'

export interface DialogueOptions extends Omit<TurnOptions, 'models' | 'used'> {
  /** Who may speak in each role, the preferred one first. */
  roles: Record<CriticRole, readonly Model[]>
  candidate: Digest
  round: number
  /** Turns of both critics together, at most. */
  mostTurns: number
  /** Who was found absent before (`role driver/name`) and is not asked again. */
  absent?: ReadonlySet<string>
}

const prompts: Record<CriticRole, (scene: Scene, kind: PromptKind) => Prompt | undefined> = {
  safety: safetyPrompt,
  helpfulness: helpfulnessPrompt,
  summariser: summariserPrompt,
}
const longestInstructions = 4_000

/**
 * Two critics about one program, in turn, each seeing the other's last word; then what they said in the form of instructions (INDICT,
 * arXiv:2407.02518 §3). Whatever happens to it, it comes to an end and is returned with what there is.
 */
export async function discuss(scene: Omit<Scene, 'turns' | 'tools'>, options: DialogueOptions): Promise<Dialogue> {
  const turns: Turn[] = []
  const absent = new Set(options.absent)
  const made = (stop: Dialogue['stop'], instructions = plainInstructions(turns)): Dialogue => ({
    candidate: options.candidate,
    round: options.round,
    stage: scene.stage,
    exhibits: [...scene.exhibits],
    turns,
    instructions,
    stop,
  })
  const take = async (role: CriticRole): Promise<Taken> => {
    const used = turns.reduce((sum, { calls }) => sum + calls.length, 0)
    const models = options.roles[role].filter(({ driver, name }) => !absent.has(`${role} ${driver}/${name}`))
    const taken = await takeTurn(role, { ...scene, turns, tools: [] }, prompts[role], { ...options, models, used, ...(role === 'summariser' && { tools: [], mostCalls: 0 }) })
    turns.push(taken.turn)
    for (const { model } of taken.turn.absences) absent.add(`${role} ${model}`)
    return taken
  }
  for (let at = 0; at < options.mostTurns; at++) {
    const { isOutOfBudget } = await take(at % 2 === 0 ? 'safety' : 'helpfulness')
    if (isOutOfBudget) return made('budget')
    if (isSettled(turns)) break
  }
  const spoken = turns.filter(({ model }) => model !== undefined)
  if (spoken.length === 0) return made('no-critic')
  const stop = isSettled(turns) ? 'settled' : 'turns'
  if (!spoken.some(({ claims }) => claims.some(isComplaint))) return made(stop, '')
  const { turn, isOutOfBudget } = await take('summariser')
  if (isOutOfBudget) return made('budget')
  return made(stop, turn.model === undefined ? plainInstructions(turns) : /^\W*NOTHING\W*$/.test(turn.text) ? '' : cut(turn.text, longestInstructions))
}

/** Neither of the last two added a complaint: both have nothing to say, say what was said before, or are not there. */
function isSettled(turns: readonly Turn[]): boolean {
  if (turns.length < 2) return false
  return turns.slice(-2).every((turn) => {
    const before = new Set(turns.slice(0, turns.indexOf(turn)).flatMap(({ claims }) => claims.map(keyOf)))
    return turn.claims.every((claim) => !isComplaint(claim) || before.has(keyOf(claim)))
  })
}

function isComplaint({ kind, standing }: Claim): boolean {
  return kind !== 'approval' && standing !== 'refuted'
}

function keyOf({ kind, cwe, line, text }: Claim): string {
  return JSON.stringify([kind, cwe ?? text.toLowerCase(), line ?? null])
}

/** Where nobody puts it together: what was claimed, that with evidence first. */
function plainInstructions(turns: readonly Turn[]): string {
  const claims = turns.flatMap((turn) => turn.claims).filter(isComplaint)
  const ordered = [...claims.filter(({ standing }) => standing === 'evidenced'), ...claims.filter(({ standing }) => standing === 'opinion')]
  const lines = ordered.map(({ cwe, line, text }) => `${cwe === undefined ? '' : `CWE-${cwe} `}${line === undefined ? '' : `on line ${line}: `}${text}`)
  return cut([...new Set(lines)].slice(0, 12).join('\n'), longestInstructions)
}
