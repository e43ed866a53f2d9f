import { answerText } from '../candidate/answer-text.ts'
import { candidatePrompt } from '../candidate/candidate-prompt.ts'
import { nameOfStrategy } from '../config.ts'
import { redactRecord } from '../model/redacted.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import { type Digest, digestRecord } from '../records/digest.ts'
import type { Finding } from '../records/finding.ts'
import type { Message } from '../records/prompt.ts'
import type { PreferencePair, Provenance, VerifiedSolution } from '../records/training.ts'
import type { RecordedRun } from '../store/recorded-run.ts'
import { pairsIn } from './pairs.ts'
import { solutionIn } from './solution.ts'
import type { Standing, UsableRun } from './standing.ts'

export const trainingFormats = ['dpo', 'sft'] as const
export type TrainingFormat = (typeof trainingFormats)[number]

export interface TrainingOptions {
  format: TrainingFormat
  /** Messages rather than plain texts. */
  chat: boolean
  /** Secrets that are known to the letter. */
  secrets: readonly string[]
}

export type TrainingLine = PreferencePair | VerifiedSolution

/** What a run gives for training, in the order of its ranking. The same record gives the same lines. */
export function trainingLines(run: RecordedRun, { format, chat, secrets }: TrainingOptions): TrainingLine[] {
  if (!isUsable(run)) return []
  const lines = format === 'dpo' ? preferences(run, chat) : solutions(run, chat)
  return lines.map((line) => withoutSecrets(line, [...secrets, ...secretsFound(run)]))
}

/** What makes two lines the same to whoever trains on them. */
export function lineIdentity(line: TrainingLine): Digest {
  return digestRecord(Object.entries(line).filter(([name]) => name !== 'provenance' && name !== 'reason'))
}

function isUsable(run: RecordedRun): run is UsableRun {
  return run.task !== undefined && run.configuration !== undefined
}

function preferences(run: UsableRun, chat: boolean): PreferencePair[] {
  const prompt = question(run)
  return pairsIn(run).map(({ chosen, rejected, reason }) => {
    const [good, bad] = [answer(run, chosen.candidate), answer(run, rejected.candidate)]
    const from = provenance(run, { chosen, rejected })
    if (chat) return { prompt, chosen: [good], rejected: [bad], reason, provenance: from }
    return { prompt: plainText(prompt), chosen: good.content, rejected: bad.content, reason, provenance: from }
  })
}

function solutions(run: UsableRun, chat: boolean): VerifiedSolution[] {
  const asked = question(run)
  const chosen = solutionIn(run)
  if (chosen === undefined) return []
  const good = answer(run, chosen.candidate)
  const texts = chat ? { messages: [...asked, good] } : { prompt: plainText(asked), completion: good.content }
  return [{ ...texts, provenance: provenance(run, { chosen }) }]
}

/** What a chat would be asked: the task with the tests that somebody vouches for. */
function question({ task }: UsableRun): Message[] {
  const prompt = candidatePrompt(task, 'chat')
  return prompt.kind === 'chat' ? prompt.messages : []
}

/** The question itself: a plain text has no place for what is said of the system. */
function plainText(messages: readonly Message[]): string {
  return messages.at(-1)?.content ?? ''
}

function answer({ task }: UsableRun, { files }: Candidate): Message {
  return { role: 'assistant', content: answerText(files, { language: task.language, workspace: task.workspace !== undefined }) }
}

function provenance(run: UsableRun, { chosen, rejected }: { chosen: Standing; rejected?: Standing }): Provenance {
  const { drawing, modelChoice } = run
  const model = drawing?.model ?? modelChoice?.model
  return {
    run: run.id,
    task: digestRecord(run.task),
    chosen: chosen.digest,
    ...(rejected && { rejected: rejected.digest }),
    ...(model !== undefined && { model }),
    strategy: nameOfStrategy(run.configuration),
    seed: run.configuration.seed,
    ...(run.verdict && { verdict: digestRecord(run.verdict) }),
    tool: `countersign ${run.versions['countersign'] ?? 'unknown'}`,
    licence: 'unknown',
  }
}

/** Everything that is text, reasons and names included, is redacted together: a secret has one placeholder in all of a line. */
function withoutSecrets(line: TrainingLine, values: readonly string[]): TrainingLine {
  const { record, redacted } = redactRecord(line, { values })
  return redacted ? { ...record, provenance: { ...record.provenance, redacted } } : record
}

/** What the scans of a run found to be secrets, to the letter. */
function secretsFound({ candidates, scans, repairs }: RecordedRun): string[] {
  const scanned = [...scans, ...repairs.flatMap(({ child }) => child?.scan ?? [])].filter(({ findings }) => findings.some(isSecret))
  if (scanned.length === 0) return []
  const files = new Map([...candidates, ...repairs.flatMap(({ child }) => child?.candidate ?? [])].map((candidate) => [contentDigest(candidate), candidate.files]))
  return scanned.flatMap(({ candidate, findings }) =>
    findings.filter(isSecret).map(({ path, span }) => files.get(candidate)?.find((file) => file.path === path)?.content.slice(span.start, span.end) ?? ''),
  )
}

function isSecret({ rule }: Finding): boolean {
  return rule.startsWith('secret/')
}
