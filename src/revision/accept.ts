import { contentDigest } from '../records/candidate.ts'
import type { Observation } from '../records/execution.ts'
import { type CandidateScan, type FileCoverage, type Finding, whyUnfinished } from '../records/finding.ts'
import type { Examined, Objection, RepairTarget } from '../records/repair.ts'
import type { Screening } from '../records/screening.ts'
import type { Task } from '../records/task.ts'
import type { Call } from '../records/test.ts'
import { behaviourObjections } from './behaviour.ts'
import { succession } from './findings.ts'
import { testFileObjections } from './test-files.ts'

export interface AcceptOptions {
  /** The task with the tests that both programs ran. */
  task: Task
  /** The generated inputs that both programs ran. */
  inputs: readonly Call[]
  /** All that is wrong with the parent as evidence shows it; a revision mends some of it. */
  targets: readonly RepairTarget[]
  /** A text that is equal for answers that count as the same; undefined for what agrees with nothing. */
  keyOf: (observation: Observation) => string | undefined
  /** A call as its language writes it. */
  shownCall: (call: Call) => string
}

/** What a revision comes to: which of its targets are gone, and what speaks against it; it is accepted where nothing does. */
export interface Assessment {
  mended: RepairTarget[]
  objections: Objection[]
}

/**
 * Whether a revision may stand in its parent's place (methods §4). A pure function of what was seen of the two: nothing that a model says of
 * them is looked at.
 */
export function assess(child: Examined, parent: Examined, options: AcceptOptions): Assessment {
  const isSame = contentDigest(child.candidate) === contentDigest(parent.candidate) || child.screening.candidate === parent.screening.candidate
  if (isSame) return { mended: [], objections: [{ check: 'changed', detail: 'it is the same program again' }] }
  const { gone, fresh } = succession(child.scan?.findings ?? [], parent.scan?.findings ?? [])
  const mended = options.targets.filter((target) => (target.kind === 'test' ? child.execution?.tests[target.test] === 'passed' : gone.some((finding) => isTarget(finding, target))))
  const objections = [
    ...programObjections(child.screening, parent.screening),
    ...readObjections(child.scan, parent.scan),
    ...(mended.length === 0 ? [addressed(options.targets)] : []),
    ...fresh.map(({ rule, span }): Objection => ({ check: 'new-finding', detail: `${rule} on line ${span.line} is new, or worse than before` })),
    ...testObjections(child, parent, options),
    ...testFileObjections(child.candidate, parent.candidate, { ...options, mended }),
    ...behaviourObjections(child, parent, { ...options, mended }),
  ]
  return { mended, objections }
}

function isTarget({ fingerprint, path }: Finding, target: RepairTarget & { kind: 'finding' }): boolean {
  return fingerprint === target.fingerprint && path === target.path
}

function addressed(targets: readonly RepairTarget[]): Objection {
  const [first] = targets
  if (first === undefined) return { check: 'addressed', detail: 'nothing was wrong with its parent that evidence shows' }
  const name = first.kind === 'finding' ? `${first.rule} on line ${first.line} is still there` : `${firstLine(first.text)} still does not pass`
  return { check: 'addressed', detail: targets.length === 1 ? name : `${name}, and so are ${targets.length - 1} more` }
}

function programObjections({ parse, degenerate, entryPoint }: Screening, parent: Screening): Objection[] {
  const before = parent.parse.kind === 'parsed' ? parent.parse.errors : 0
  return [
    ...(parse.kind === 'too-large' ? [{ check: 'parses' as const, detail: 'it is too large to parse' }] : []),
    ...(parse.kind === 'parsed' && parse.errors > before ? [{ check: 'parses' as const, detail: `it does not parse in ${parse.errors} places` }] : []),
    ...(degenerate === undefined ? [] : [{ check: 'program' as const, detail: `it is no attempt at the task: ${degenerate}` }]),
    ...(parent.entryPoint === 'found' && entryPoint !== 'found' ? [{ check: 'program' as const, detail: 'it does not define the function that was asked for' }] : []),
  ]
}

/** What hides from the analyser is not clean: each file must be read as far as it was before, and a new one to its end. */
function readObjections(child: CandidateScan | undefined, parent: CandidateScan | undefined): Objection[] {
  if (child === undefined || child.coverage.length === 0) return [{ check: 'read', detail: 'it was not scanned for weaknesses' }]
  const unreadBefore = new Set(parent?.coverage.filter((file) => whyUnread(file) !== undefined).map(({ path }) => path))
  return child.coverage.flatMap((file): Objection[] => {
    const why = whyUnread(file)
    return why === undefined || unreadBefore.has(file.path) ? [] : [{ check: 'read', detail: `${file.path} is not read to its end for weaknesses: ${why}` }]
  })
}

function whyUnread(file: FileCoverage): string | undefined {
  return file.kind === 'skipped' ? file.reason : whyUnfinished(file)
}

function testObjections(child: Examined, parent: Examined, { task }: AcceptOptions): Objection[] {
  const [before, after] = [parent.execution?.tests ?? [], child.execution?.tests ?? []]
  return task.tests.flatMap(({ text }, position): Objection[] =>
    before[position] === 'passed' && after[position] !== 'passed' ? [{ check: 'tests', detail: `${firstLine(text)} passed before, and now: ${after[position] ?? 'not run'}` }] : [],
  )
}

function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n', 1)
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}
