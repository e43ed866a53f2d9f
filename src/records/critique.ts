import { z } from 'zod'
import { Digest } from './digest.ts'

/** Who speaks in a dialogue about a program (INDICT, arXiv:2407.02518): two critics, and who puts together what they said. */
export const CriticRole = z.enum(['safety', 'helpfulness', 'summariser'])
export type CriticRole = z.infer<typeof CriticRole>

/** What a critic may use. */
export const ToolName = z.enum(['scan', 'run', 'test', 'attack', 'knowledge', 'dependencies', 'search'])
export type ToolName = z.infer<typeof ToolName>

/** Something that was seen, under the name by which claims cite it (`F1` a finding, `E1` a test or a call, `T1` what a tool gave). */
export const Exhibit = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['finding', 'test', 'execution', 'passage', 'package']),
  text: z.string(),
  cwe: z.int().min(1).exactOptional(),
  line: z.int().min(1).exactOptional(),
  /** Whether it bears a complaint out, or speaks against it; absent where it says neither. */
  supports: z.boolean().exactOptional(),
})
export type Exhibit = z.infer<typeof Exhibit>

/** A critic's use of a tool, and what came back. All of both is untrusted text. */
export const ToolCall = z.strictObject({
  id: z.string().min(1),
  /** As it was asked for; a tool that is not there was refused. */
  tool: z.string(),
  input: z.string(),
  outcome: z.enum(['answered', 'refused', 'failed', 'timed-out']),
  result: z.string(),
  exhibits: z.array(Exhibit),
})
export type ToolCall = z.infer<typeof ToolCall>

/**
 * What a critic says of a program. `evidenced`: something that was seen bears it out. `opinion`: nothing does; it can never block. `refuted`: what was
 * seen contradicts it. An `approval` is the claim that nothing is wrong.
 */
export const Claim = z.strictObject({
  kind: z.enum(['weakness', 'requirement', 'approval']),
  cwe: z.int().min(1).exactOptional(),
  line: z.int().min(1).exactOptional(),
  cites: z.array(z.string()),
  text: z.string(),
  standing: z.enum(['evidenced', 'opinion', 'refuted']),
  /** Why it stands so. */
  because: z.string(),
})
export type Claim = z.infer<typeof Claim>

/** A model that was asked to speak and did not, and why. */
export const Absence = z.strictObject({ model: z.string(), reason: z.enum(['refused', 'empty', 'timed-out', 'substituted', 'unreachable', 'unsuited']), detail: z.string() })
export type Absence = z.infer<typeof Absence>

/** What one role said when it was its turn. Without a `model` nobody spoke. */
export const Turn = z.strictObject({
  role: CriticRole,
  model: z.string().exactOptional(),
  /** Its last answer, cut to a length that people read. */
  text: z.string(),
  calls: z.array(ToolCall),
  claims: z.array(Claim),
  absences: z.array(Absence),
  prompts: z.array(Digest),
  /** How tools were offered to it; `refused` says why not natively, in the words of an endpoint that was to take them. */
  tools: z.strictObject({ offered: z.enum(['native', 'plain']), refused: z.string().exactOptional() }).exactOptional(),
})
export type Turn = z.infer<typeof Turn>

/** Two critics about one program, before it ran or after. `instructions` is what the actor is told of it. */
export const Dialogue = z.strictObject({
  candidate: Digest,
  round: z.int().min(1),
  stage: z.enum(['pre-emptive', 'post-hoc']),
  exhibits: z.array(Exhibit),
  turns: z.array(Turn),
  instructions: z.string(),
  /** `settled`: neither had more to say. `no-critic`: nobody spoke. */
  stop: z.enum(['settled', 'turns', 'budget', 'no-critic']),
})
export type Dialogue = z.infer<typeof Dialogue>
