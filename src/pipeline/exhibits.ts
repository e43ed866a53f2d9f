import { shownCall, shownObservation } from '../behavior/shown.ts'
import type { Floor } from '../config.ts'
import type { Dialogue, Exhibit } from '../records/critique.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Finding } from '../records/finding.ts'
import { oneLine } from '../records/plain.ts'
import { planCalls } from '../records/call-plan.ts'
import type { Examined, RepairTarget } from '../records/repair.ts'
import type { TestOutcome } from '../records/test.ts'
import { isBelow, tellingIn } from '../verdict/floor.ts'

const mostFindings = 20
const mostFailures = 10
const mostPasses = 5
const mostRaised = 5

/** What critics are shown of what was seen of a program: findings, and after it ran what its tests and calls did. */
export function exhibitsOf(program: Examined, { task, inputs }: Pick<Evidence, 'task' | 'inputs'>, stage: Dialogue['stage']): Exhibit[] {
  const findings = (program.scan?.findings ?? []).slice(0, mostFindings).map((finding, at): Exhibit => exhibitOf(finding, at + 1))
  if (stage === 'pre-emptive') return findings
  const seen = [...endingOf(program), ...testsOf(program, task), ...raisedIn(program, { task, inputs })]
  return [...findings, ...seen.map((exhibit, at): Exhibit => Object.assign({ id: `E${at + 1}` }, exhibit))]
}

function exhibitOf({ rule, cwe, severity, confidence, span, message }: Finding, number: number): Exhibit {
  const weakness = cwe === undefined ? '' : `CWE-${cwe}, `
  return {
    id: `F${number}`,
    kind: 'finding',
    text: `${rule} (${weakness}severity ${severity}, confidence ${confidence}) on line ${span.line}: ${oneLine(message)}`,
    ...(cwe !== undefined && { cwe }),
    line: span.line,
    supports: true,
  }
}

type Seen = Omit<Exhibit, 'id'>

function endingOf({ execution }: Examined): Seen[] {
  if (execution === undefined || execution.outcome === 'completed') return []
  const said = execution.error === undefined ? '' : `: ${oneLine(`${execution.error.type}: ${execution.error.message}`)}`
  return [{ kind: 'execution', text: `the program does not run to its end: ${execution.outcome}${said}`, supports: true }]
}

function testsOf({ execution }: Examined, { tests }: Evidence['task']): Seen[] {
  const seen = tests.map((test, at) => ({ test, outcome: execution?.tests[at] })).filter(({ outcome }) => outcome !== undefined && outcome !== 'unsupported')
  const told = ({ test, outcome }: (typeof seen)[number]): Seen => ({
    kind: 'test',
    text: `${oneLine(test.text.slice(0, 300))}: ${outcome}${test.source === 'generated' ? ' (a model wrote this test, and it may be wrong)' : ''}`,
    // A test that nobody vouches for bears nothing out.
    ...(test.source !== 'generated' && { supports: outcome !== 'passed' }),
  })
  const [passed, failed] = [seen.filter(({ outcome }) => outcome === 'passed'), seen.filter(({ outcome }) => outcome !== 'passed')]
  return [...failed.slice(0, mostFailures), ...passed.slice(0, mostPasses)].map(told)
}

function raisedIn({ execution }: Examined, { task, inputs }: Pick<Evidence, 'task' | 'inputs'>): Seen[] {
  const plan = planCalls(task, inputs.map(({ call }) => call))
  const raised = [...new Set(plan.inputs)].flatMap((at) => {
    const observation = execution?.calls[at]
    return observation === undefined || observation.kind === 'returned' || observation.kind === 'not-run' ? [] : [{ call: plan.calls[at]!, observation }]
  })
  return raised.slice(0, mostRaised).map(({ call, observation }) => ({ kind: 'execution', text: oneLine(`${shownCall(task.language, call)} ${shownObservation(task.language, observation)}`) }))
}

/** All that is wrong with a program as evidence shows it, the worst first: what is likely or below the floor, vouched tests that fail, and habits that are plain to see. */
export function targetsOf({ scan, execution }: Examined, { task, floor }: { task: Evidence['task']; floor: Floor }): RepairTarget[] {
  const findings = scan === undefined ? [] : tellingIn(scan, floor).filter((finding) => finding.confidence !== 'low' || isBelow(finding, floor))
  const told = new Set(findings)
  const habits = (scan?.findings ?? []).filter((finding) => finding.cwe !== undefined && finding.confidence !== 'low' && !told.has(finding))
  const failed = task.tests.flatMap(({ source, text }, test): RepairTarget[] => (source !== 'generated' && isFailure(execution?.tests[test]) ? [{ kind: 'test', test, text }] : []))
  return [
    ...findings.map(targetOf),
    ...failed,
    ...habits.map(targetOf),
  ]
}

function targetOf({ rule, cwe, path, span, fingerprint }: Finding): RepairTarget {
  return { kind: 'finding', rule, ...(cwe !== undefined && { cwe }), path, line: span.line, fingerprint }
}

function isFailure(outcome: TestOutcome | undefined): boolean {
  return outcome !== undefined && outcome !== 'passed' && outcome !== 'unsupported'
}
