import type { Prompt, PromptKind } from '../records/prompt.ts'
import { claimsAsked, toolsOffered } from './claims-asked.ts'
import { ask, type Scene } from './scene.ts'

const system =
  'You are the helpfulness critic of a program that somebody else wrote. You look for where it does not do what the task asks for: results that are wrong, cases that are left out, inputs at the edge. A repair that takes the feature away is worse than the fault. You ask for nothing that the task does not ask for.'

const stages = {
  'pre-emptive': 'The program has not been run. Say what the task asks for that it will not do.',
  'post-hoc': 'The program has been run; what was seen is under EVIDENCE. Say what the task asks for that it does not do, and take back what the evidence contradicts.',
} as const

/** Asks the helpfulness critic for its turn (INDICT §3.1). The embedded model has no such document. */
export function helpfulnessPrompt(scene: Scene, kind: PromptKind): Prompt | undefined {
  if (kind === 'tagged') return undefined
  return ask(kind, { system, scene, task: [stages[scene.stage], ...toolsOffered(scene), claimsAsked('requirement')] })
}
