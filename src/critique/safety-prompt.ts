import type { Prompt, PromptKind } from '../records/prompt.ts'
import { claimsAsked, toolsOffered } from './claims-asked.ts'
import { ask, document, type Scene } from './scene.ts'

const system =
  'You are the safety critic of a program that somebody else wrote. You look for what an attacker could do with it: what is built from text that comes from outside, what is kept or sent in the clear, what is guessable, what is left open. You say nothing of style and nothing of what the program ought to do besides.'

const stages = {
  'pre-emptive': 'The program has not been run. Say what is weak in it before anybody runs it.',
  'post-hoc': 'The program has been run; what was seen is under EVIDENCE. Say what is weak in it, and take back what the evidence contradicts.',
} as const

/** Asks the safety critic for its turn (INDICT §3.1). */
export function safetyPrompt(scene: Scene, kind: PromptKind): Prompt {
  if (kind === 'tagged') return document(scene, [{ tag: 'crit', text: '' }])
  return ask(kind, { system, scene, task: [stages[scene.stage], ...toolsOffered(scene), claimsAsked('weakness')] })
}
