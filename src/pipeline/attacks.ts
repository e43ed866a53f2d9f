import { type Attack, type AttackKind, comesThrough, folderMark, marks, readAttack } from '../behavior/attack.ts'
import { shownCall } from '../behavior/shown.ts'
import type { Tool } from '../critique/tool.ts'
import { attacksRepeated } from '../records/attack-tried.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import { digestRecord } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { CandidateScan, Finding } from '../records/finding.ts'
import { oneLine } from '../records/plain.ts'
import type { Task } from '../records/task.ts'
import { readCall } from '../task/read-call.ts'
import { type Context, observing } from './context.ts'

const mostCalls = 4

const weaknesses: Record<AttackKind, { rule: string; cwe: number; reached: string }> = {
  path: { rule: 'observed/path-traversal', cwe: 22, reached: 'a file outside of the folder was read' },
  code: { rule: 'observed/code-injection', cwe: 94, reached: 'the text was run as code' },
  sql: { rule: 'observed/sql-injection', cwe: 89, reached: 'the text was run as a part of a statement' },
}

/** Has a critic attack the program with plain data; what comes of it is for us to see (docs/decisions/2026-11-24-an-attack-is-data.md). */
export function attacking(task: Task, program: Candidate, context: Context): Tool {
  return {
    name: 'attack',
    purpose: `a call of ${task.entryPoint ?? 'the function'} as an attacker would make it, with plain values, a line each; in one text ${marks.path} stands alone for a name that leads out of its folder, or ${marks.code} for an expression or ${marks.sql} for a subquery that must not be run; ${folderMark} is a folder with the file note.txt. A program that such an attack is seen to come through is not chosen`,
    input: { name: 'calls', description: `one call a line, with one of ${Object.values(marks).join(', ')}` },
    async use(input, signal) {
      const attack = attackIn(task, input)
      if ('unread' in attack) throw new Error(attack.unread)
      const through = await launch(attack, program, { task, context, signal })
      const { cwe, reached } = weaknesses[attack.kind]
      return { text: through ? `it came through: ${reached}` : 'it did not come through, or the program does the same with what is allowed', exhibits: through ? [{ kind: 'execution', text: `${told(task, attack)}: ${reached}`, cwe, supports: true }] : [] }
    },
  }
}

/** The evidence with what the attacks that critics were seen to succeed with come to on these programs: a finding of each program that one comes through. */
export async function underAttack(evidence: Evidence, programs: readonly Candidate[], context: Context): Promise<Evidence> {
  const attacks = attacksOf(evidence)
  if (attacks.length === 0) return evidence
  const scans = new Map(evidence.scans.map((scan) => [scan.candidate, scan]))
  for (const program of new Map(programs.map((one) => [contentDigest(one), one])).values()) {
    const scan = scans.get(contentDigest(program))
    if (scan === undefined) continue
    const findings: Finding[] = []
    for (const attack of attacks) {
      const known = [...scan.findings, ...findings].some(({ rule }) => rule === weaknesses[attack.kind].rule)
      if (!known && (await launch(attack, program, { task: evidence.task, context }))) findings.push(findingOf(attack, program, evidence.task))
    }
    if (findings.length === 0) continue
    const seen: CandidateScan = { ...scan, findings: [...scan.findings, ...findings] }
    scans.set(scan.candidate, seen)
    context.record?.('scan', seen)
  }
  return { ...evidence, scans: evidence.scans.map(({ candidate }) => scans.get(candidate)!) }
}

function attacksOf({ dialogues = [], task }: Evidence): Attack[] {
  return attacksRepeated(dialogues).flatMap((input) => {
    const attack = attackIn(task, input)
    return 'unread' in attack ? [] : [attack]
  })
}

function attackIn(task: Task, input: string): ReturnType<typeof readAttack> {
  const calls = input.split('\n').flatMap((line) => readCall(task, line) ?? []).slice(0, mostCalls)
  return calls.length === 0 ? { unread: `there is no call of ${task.entryPoint ?? 'a function'} with plain values in it` } : readAttack(calls)
}

async function launch(attack: Attack, program: Candidate, { task, context, signal }: { task: Task; context: Context; signal?: AbortSignal }): Promise<boolean> {
  const { sandbox, limits, surroundings } = await observing(task, context)
  const own = signal ?? context.signal
  return await comesThrough(attack, program, {
    sandbox,
    limits,
    seed: context.configuration.seed,
    ...(surroundings && { surroundings }),
    ...(task.workspace && { project: task.workspace.path }),
    ...(own && { signal: own }),
  })
}

function told({ language }: Task, { calls }: Attack): string {
  return oneLine(calls.map((call) => shownCall(language, call)).join('; ')).slice(0, 300)
}

function findingOf(attack: Attack, program: Candidate, task: Task): Finding {
  const { rule, cwe, reached } = weaknesses[attack.kind]
  const [{ path, content }] = program.files as [Candidate['files'][0], ...Candidate['files']]
  const lines = content.split('\n')
  const at = Math.max(0, lines.findIndex((line) => /\b(?:def|function|const|let|var)\s+([\w$]+)/.exec(line)?.[1] === task.entryPoint))
  const start = lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0)
  const width = lines[at]?.length ?? 0
  return {
    rule,
    cwe,
    severity: 'high',
    confidence: 'high',
    tier: 'vulnerability',
    message: `An attack came through: ${told(task, attack)}: ${reached}. It was seen, and said by nobody.`,
    path,
    span: { start, end: start + width, line: at + 1, column: 1, endLine: at + 1, endColumn: width + 1 },
    trace: [],
    fingerprint: digestRecord({ rule, path, entryPoint: task.entryPoint ?? null }),
  }
}
