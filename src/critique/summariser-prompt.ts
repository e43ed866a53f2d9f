import type { Prompt, PromptKind } from '../records/prompt.ts'
import { ask, names, type Scene } from './scene.ts'

const system =
  'Two critics have spoken about a program that somebody else wrote. You turn what they said into instructions for its author: few, short, each to be done, none against another. What evidence shows comes first; opinions that the task does not bear out are left out.'

/** Asks for instructions to the actor (INDICT §3.2). The embedded model has no such document. */
export function summariserPrompt(scene: Scene, kind: PromptKind): Prompt | undefined {
  if (kind === 'tagged') return undefined
  const said = scene.turns.map(({ role, claims }) => [`The ${names[role]}:`, ...claims.map(({ text, standing }) => `- (${standing}) ${text}`)].join('\n')).join('\n\n')
  // What was said is one quotation among the others: the last turn stands for all of them.
  const last = scene.turns.at(-1)
  return ask(kind, { system, scene: { ...scene, turns: last === undefined ? [] : [{ ...last, text: said }], tools: [] }, task: ['Answer with one instruction on a line, at most eight, and nothing else. Where nothing is to be done, answer with the line:\nNOTHING'] })
}
