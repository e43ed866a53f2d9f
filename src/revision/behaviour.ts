import { canonicalJson } from '../records/digest.ts'
import type { Observation } from '../records/execution.ts'
import { planCalls } from '../records/call-plan.ts'
import type { Examined, Objection, RepairTarget } from '../records/repair.ts'
import type { Call } from '../records/test.ts'
import type { Value } from '../records/value.ts'
import type { AcceptOptions } from './accept.ts'
import { type Explanation, explanationsOf, isHostile } from './explanation.ts'

type BehaviourOptions = AcceptOptions & { mended: readonly RepairTarget[] }

/** One generated input, and what the two programs did on it. */
interface Compared {
  call: Call
  before: Observation
  after: Observation
}

/**
 * Whether a revision does on the generated inputs what its parent did, but where what it mends explains the change. Deleting the feature is no fix:
 * whatever explains it, half of what came out must come out as before, or something else must have taken its place.
 */
export function behaviourObjections(child: Examined, parent: Examined, options: BehaviourOptions): Objection[] {
  const explanations = explanationsOf(options.mended)
  const isSlow = explanations.some((explanation) => explanation.kind === 'value' && explanation.isSlow)
  const ended = child.execution?.outcome
  if (parent.execution?.outcome === 'completed' && ended !== 'completed' && !(isSlow && ended === 'timed-out'))
    return [objection(`it does not run to its end any more: ${child.execution?.error?.type ?? ended ?? 'it was not run'}`)]
  const all = comparedCalls(child, parent, options).filter(({ before }) => options.keyOf(before) !== undefined)
  const compared = isSlow ? all.filter(({ after }) => after.kind !== 'timed-out' && after.kind !== 'not-run') : all
  // Turned away is turned away, by whatever error.
  const changed = compared.filter(({ before, after }) => options.keyOf(before) !== options.keyOf(after) && !(before.kind === 'raised' && after.kind === 'raised'))
  const unexplained = changed.filter((one) => !isExplained(one, { explanations, mendsTest: mendsTest(options) }))
  if (unexplained.length > 0) return [objection(`${unexplained.length} of ${compared.length} calls come out otherwise, and nothing that it mends explains it: ${shown(unexplained[0]!, options)}`)]
  const seen = { compared, changed, explanations }
  if (mostAreLost(parent, seen, options)) return [objection('most calls do not come out as before')]
  if (isFlat(compared)) return [objection('it gives one answer where there were several')]
  if (!takesItsPlace(child, explanations)) return [objection('nothing has taken the place of what was weak')]
  return showsWork(child, parent, { ...seen, options }) ? [] : [objection('nothing that ran shows that it still does what it did')]
}

interface Seen {
  compared: readonly Compared[]
  changed: readonly Compared[]
  explanations: readonly Explanation[]
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

function isExplained({ call, before, after }: Compared, { explanations, mendsTest }: { explanations: readonly Explanation[]; mendsTest: boolean }): boolean {
  if (mendsTest) return after.kind === 'returned' || after.kind === 'raised'
  if (isHostile(call.steps, explanations)) return after.kind === 'returned' || after.kind === 'raised'
  if (after.kind === 'raised') return explanations.some((explanation) => explanation.kind === 'refuses' && explanation.narrows)
  return explanations.some(({ kind }) => kind === 'value') && before.kind === 'returned' && after.kind === 'returned' && typeOf(before.value) === typeOf(after.value)
}

/** A corner that was wrong, or a language of which a part is left, does not explain that most of what came out is gone. One that passed nothing had nothing to keep. */
function mostAreLost({ execution }: Examined, { compared, changed, explanations }: Seen, options: BehaviourOptions): boolean {
  if (explanations.some(({ kind }) => kind === 'value')) return false
  const hostile = explanations.filter((explanation) => explanation.kind === 'refuses' && !explanation.narrows)
  const benign = compared.filter(({ call, before }) => before.kind === 'returned' && !isHostile(call.steps, hostile))
  const passed = options.task.tests.some(({ source }, position) => source !== 'generated' && execution?.tests[position] === 'passed')
  if (mendsTest(options) && !passed) return false
  return benign.filter((one) => changed.includes(one)).length * 2 > benign.length
}

function takesItsPlace({ candidate }: Examined, explanations: readonly Explanation[]): boolean {
  const text = candidate.files.map(({ content }) => content).join('\n')
  return explanations.every((explanation) => explanation.kind !== 'value' || explanation.needed.test(text))
}

function isFlat(compared: readonly Compared[]): boolean {
  const answers = (which: 'before' | 'after') => new Set(compared.flatMap((one) => (one[which].kind === 'returned' ? [canonicalJson(one[which].value)] : []))).size
  return answers('before') > 1 && answers('after') === 1 && compared.some(({ after }) => after.kind === 'returned')
}

/** Something that it still does: a test that it passes as before, or an answer that is the same. Where its parent did not run either, there is nothing to lose. */
function showsWork(child: Examined, parent: Examined, { compared, changed, explanations, options }: Seen & { options: BehaviourOptions }): boolean {
  const returned = compared.filter(({ before }) => before.kind === 'returned')
  const kept = returned.filter((one) => !changed.includes(one))
  const passes = options.task.tests.some((_, position) => child.execution?.tests[position] === 'passed')
  const replaced = explanations.some(({ kind }) => kind === 'value') && returned.every(({ after }) => after.kind === 'returned')
  if (passes || kept.length > 0 || (returned.length > 0 && replaced)) return true
  return returned.length === 0 && child.screening.words >= leastOfWords * parent.screening.words
}

// What could not be run is judged by its length alone: a program that lost half of its words has lost what it was for.
const leastOfWords = 0.6

function typeOf(value: Value): string {
  if (value === null || typeof value !== 'object') return typeof value
  return Array.isArray(value) ? 'array' : value.$
}

/** What changed on a call, in words that do not hold what a program said: the writer is told of it. */
function shown({ call, before, after }: Compared, { shownCall }: BehaviourOptions): string {
  const text = shownCall(call)
  return `${text.length > 120 ? `${text.slice(0, 119)}…` : text} ${before.kind === 'returned' && after.kind === 'returned' ? 'now returns another value' : `${did(before)} before, and now ${did(after)}`}`
}

function did(observation: Observation): string {
  if (observation.kind === 'returned') return 'returned a value'
  return observation.kind === 'raised' ? `raised ${observation.error.type.slice(0, 60)}` : observation.kind.replaceAll('-', ' ')
}

function objection(detail: string): Objection {
  return { check: 'behaviour', detail }
}
