import { canonicalJson } from '../records/digest.ts'
import type { Observation } from '../records/execution.ts'
import { planCalls } from '../records/call-plan.ts'
import type { Examined, Objection, RepairTarget } from '../records/repair.ts'
import type { Call } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import type { AcceptOptions } from './accept.ts'
import { explanationsOf, isHostile } from './explanation.ts'

type BehaviourOptions = AcceptOptions & { mended: readonly RepairTarget[] }

/** One generated input, and what the two programs did on it. */
interface Compared {
  call: Call
  before: Observation
  after: Observation
}

/**
 * Whether a revision does on the generated inputs what its parent did, but where what it mends explains the change. A program whose tests were
 * wrong may do otherwise; one that had a weakness only on what an attacker would send. Deleting the feature is no fix.
 */
export function behaviourObjections(child: Examined, parent: Examined, options: BehaviourOptions): Objection[] {
  if (parent.execution?.outcome === 'completed' && child.execution?.outcome !== 'completed')
    return [objection(`it does not run to its end any more: ${child.execution?.error?.type ?? child.execution?.outcome ?? 'it was not run'}`)]
  const compared = comparedCalls(child, parent, options).filter(({ before }) => options.keyOf(before) !== undefined)
  const changed = compared.filter(({ before, after }) => options.keyOf(before) !== options.keyOf(after))
  const unexplained = mendsTest(options) ? [] : changed.filter((one) => !isExplained(one, options))
  if (unexplained.length > 0) return [objection(`${unexplained.length} of ${compared.length} calls come out otherwise and nothing that it mends explains it: ${shown(unexplained[0]!)}`)]
  if (isFlat(compared)) return [objection('it gives one answer where there were several')]
  return showsWork(child, parent, { compared, changed, options }) ? [] : [objection('nothing that ran shows that it still does what it did')]
}

function comparedCalls(child: Examined, parent: Examined, { task, inputs }: AcceptOptions): Compared[] {
  const plan = planCalls(task, inputs)
  const missing: Observation = { kind: 'not-run' }
  return [...new Set(plan.inputs)].map((position) => ({
    call: plan.calls[position]!,
    before: parent.execution?.calls[position] ?? missing,
    after: child.execution?.calls[position] ?? missing,
  }))
}

/** A test that somebody vouches for, which failed: a program that passes it is another program. */
function mendsTest({ task, mended }: BehaviourOptions): boolean {
  return mended.some((target) => target.kind === 'test' && task.tests[target.test]?.source !== 'generated')
}

function isExplained({ call, before, after }: Compared, { mended }: BehaviourOptions): boolean {
  const explanations = explanationsOf(mended)
  if (isHostile(call.steps, explanations)) return after.kind === 'returned' || after.kind === 'raised'
  return explanations.some(({ kind }) => kind === 'value') && before.kind === 'returned' && after.kind === 'returned' && typeOf(before.value) === typeOf(after.value)
}

function isFlat(compared: readonly Compared[]): boolean {
  const answers = (which: 'before' | 'after') => new Set(compared.flatMap((one) => (one[which].kind === 'returned' ? [canonicalJson(one[which].value)] : []))).size
  return answers('before') > 1 && answers('after') === 1 && compared.some(({ after }) => after.kind === 'returned')
}

/** Something that it still does: a test that it passes as before, or an answer that is the same. Where its parent did not run either, there is nothing to lose. */
function showsWork(child: Examined, parent: Examined, { compared, changed, options }: { compared: readonly Compared[]; changed: readonly Compared[]; options: BehaviourOptions }): boolean {
  const returned = compared.filter(({ before }) => before.kind === 'returned')
  const kept = returned.filter((one) => !changed.includes(one))
  const passes = options.task.tests.some((_, position) => child.execution?.tests[position] === 'passed')
  const replaced = explanationsOf(options.mended).some(({ kind }) => kind === 'value') && returned.every(({ after }) => after.kind === 'returned')
  if (passes || kept.length > 0 || (returned.length > 0 && replaced)) return true
  return returned.length === 0 && child.screening.words >= leastOfWords * parent.screening.words
}

// What could not be run is judged by its length alone: a program that lost half of its words has lost what it was for.
const leastOfWords = 0.6

function typeOf(value: Value): string {
  if (value === null || typeof value !== 'object') return typeof value
  return Array.isArray(value) ? 'array' : value.$
}

function shown({ call, after }: Compared): string {
  const text = JSON.stringify(call.steps.map(({ name, arguments: own }) => (own === undefined ? name : { [name]: own })))
  return `${text.length > 120 ? `${text.slice(0, 119)}…` : text} now ${after.kind}`
}

function objection(detail: string): Objection {
  return { check: 'behaviour', detail }
}
