import { cluster } from './behavior/cluster.ts'
import { observeCall } from './behavior/distinguish.ts'
import { opinionsOf, withDistinctions } from './behavior/distinguished.ts'
import { generateInputs } from './behavior/inputs.ts'
import { deciding, type Configuration } from './config.ts'
import { underAttack } from './pipeline/attacks.ts'
import { batchesFor, lookNow, settled, together } from './pipeline/batches.ts'
import { tellApart, weigh } from './pipeline/compare.ts'
import { type Context, observing, spentBy, type WithModels } from './pipeline/context.ts'
import { meet } from './pipeline/familiar.ts'
import { canArgue, isInDoubt } from './pipeline/doubt.ts'
import { criticsTests } from './pipeline/critic-tests.ts'
import { examineMore, examplesOf } from './pipeline/examine.ts'
import { indict } from './pipeline/indict.ts'
import { beginRound, gainedBy, isEnd } from './pipeline/rounds.ts'
import { addTests, writeCandidates, writeMore } from './pipeline/write.ts'
import type { Candidate } from './records/candidate.ts'
import { digestRecord } from './records/digest.ts'
import type { Distinction } from './records/distinction.ts'
import type { Evidence } from './records/evidence.ts'
import { isFamiliar } from './records/familiarity.ts'
import type { Look } from './records/look.ts'
import type { Revision } from './records/revision.ts'
import type { Round } from './records/round.ts'
import type { Task } from './records/task.ts'
import type { Verdict } from './records/verdict.ts'
import { standing } from './revision/standing.ts'
import { scoreByAgreement, scoreByDualAgreement } from './score/agreement.ts'
import { readTaskFor } from './task/entry-point.ts'
import type { TaskRequest } from './task/read-task.ts'
import { floorInForce } from './verdict/in-force.ts'
import { judge } from './verdict/judge.ts'
import { leadersIn, rivalsIn } from './verdict/rank.ts'
import { strategyIn, withStrategy } from './verdict/strategy.ts'

/** Chooses one program out of many, or abstains. Models are asked only where they are given. */
export async function select(task: Task, candidates: readonly Candidate[], context: Context): Promise<Verdict> {
  const { models } = context
  const evidence = await examine(task, candidates, context)
  return conclude(models === undefined ? evidence : await compare(evidence, { ...context, models }), context)
}

/** Has a model write programs and tests, in rounds where the strategy has some, and chooses one of the programs, or abstains. */
export async function generate(request: TaskRequest, given: WithModels): Promise<Verdict> {
  const context = { ...given, configuration: withStrategy(given.configuration) }
  const { task: asked, familiarity } = await meet(request, context)
  if (familiarity !== undefined && !isFamiliar(familiarity)) return conclude({ ...(await examine(asked, [], context)), familiarity }, context)
  const { evidence: drawn, revisions, round } = await draw(request, context)
  const first = { ...drawn, ...(familiarity && { familiarity }) }
  const again = {
    none: async () => first,
    codechain: async () => await reviseInRounds({ ...first, rounds: [round], revisions }, context),
    indict: async () => await criticise(first, request, context),
  }
  const evidence = await again[strategyIn(context.configuration).rounds.kind]()
  return conclude(await compare(evidence, context), context)
}

/**
 * The direct answer and samples beside it, and what is seen of them. An adaptive strategy draws them in batches until what was seen is settled
 * (`verdict/settled`), and asks for the model's own tests only where the first batch does not settle it.
 */
async function draw(request: TaskRequest, context: WithModels): Promise<{ evidence: Evidence; revisions: Revision[]; round: Round }> {
  const { configuration, record, onProgress } = context
  const batches = batchesFor(configuration)
  const [first = 1, ...further] = batches.looks
  let written = await writeCandidates(request, first, context)
  const begun = further.length === 0 ? await addTests(request, written.candidates, context) : await readTaskFor(request, written.candidates)
  let evidence: Evidence = { ...(await examine(begun.task, written.candidates, context)), ...('writing' in begun && { writing: begun.writing }) }
  const looks: Look[] = []
  for (let drawn = first; further.length > 0; ) {
    const look = lookNow(decide(evidence, configuration), evidence, { drawn, batches, configuration })
    looks.push(look)
    record?.('look', look)
    onProgress?.({ kind: 'looked', look })
    const later = batches.looks.filter((count) => count > drawn)
    // Where there is nothing to compare, no look can settle anything: the rest is drawn at once.
    const next = evidence.inputs.length === 0 ? later.at(-1) : later[0]
    if (look.kind === 'settled' && next !== undefined) written = settled(written)
    if (next === undefined || written.drawing.stop !== 'all-drawn') break
    if (looks.length === 1) evidence = await withWrittenTests(evidence, request, context)
    const more = await writeMore(evidence.task, written, { first: drawn, count: next - drawn }, context)
    evidence = await examineMore(evidence, more.candidates, context)
    written = together(written, more)
    drawn = next
  }
  const drawing = { ...written.drawing, ...(looks.length > 0 && { looks }) }
  const round: Round = { kind: 'sampling', number: 1, candidates: written.candidates.map(({ id }) => id) }
  if (looks.length > 0) record?.('drawing', drawing)
  record?.('round', round)
  return { evidence: { ...evidence, drawing }, revisions: written.revisions, round }
}

async function withWrittenTests(evidence: Evidence, request: TaskRequest, context: WithModels): Promise<Evidence> {
  const { task, writing } = await addTests(request, evidence.candidates, context)
  const added = task.tests.length - evidence.task.tests.length
  return { ...evidence, ...(added > 0 && (await examineAgain(task, evidence.candidates, context))), ...(writing && { writing }) }
}

/** The same programs with more tests: they are known already, and what they do on these is not. */
async function examineAgain(task: Task, candidates: readonly Candidate[], context: Context): Promise<Evidence> {
  const record: Context['record'] = (kind, one) => (kind === 'candidate' || kind === 'confinement' ? undefined : context.record?.(kind, one))
  return await examine(task, candidates, { ...context, record })
}

/** Has critics speak about the best programs and their writer revise them. The tests that critics wrote are run on every program, and judged like a model's; so are the attacks that they were seen to succeed with. */
async function criticise(evidence: Evidence, request: TaskRequest, context: WithModels): Promise<Evidence> {
  const { critique, ...configuration } = context.configuration
  const { rounds } = strategyIn(configuration)
  const { ranking } = decide(evidence, context.configuration)
  const bar = { floor: floorInForce(context.configuration), language: evidence.task.language }
  if (rounds.kind === 'indict' && rounds.when === 'in-doubt' && !(canArgue(context.models) && isInDoubt({ ranking }, bar))) return evidence
  const programs = ranking.filter(({ rejected, parses }) => rejected === undefined && parses !== false).slice(0, critique.programs)
  const named = programs.flatMap(({ ids }) => evidence.candidates.find(({ id }) => id === ids[0]) ?? [])
  const spoken = await indict(evidence, { programs: named, request }, context)
  const tests = await criticsTests(spoken, request)
  const seen = tests.length === 0 ? spoken : { ...spoken, ...(await examineAgain({ ...spoken.task, tests: [...spoken.task.tests, ...tests] }, spoken.candidates, context)) }
  return await underAttack(seen, seen.candidates, context)
}

/** Has programs written again with what was seen of those before, round by round, until nothing is gained; the best of all rounds is for the verdict to say. */
async function reviseInRounds(first: Evidence, context: WithModels): Promise<Evidence> {
  const { configuration, record, onProgress } = context
  let evidence = first
  for (;;) {
    const begun = await beginRound(evidence, decide(evidence, configuration), context)
    if (isEnd(begun)) {
      record?.('rounds-end', begun)
      onProgress?.({ kind: 'rounds-ended', end: begun })
      return { ...evidence, roundsEnd: begun }
    }
    const { rounds = [], revisions = [] } = evidence
    // Law 4: a revision that lost something is rejected when it is ranked, so the best over all rounds never falls behind the best of any.
    const seen = { ...(await examineMore(evidence, begun.candidates, context)), revisions: [...revisions, ...begun.revisions] }
    const round = { ...begun.round, gained: gainedBy(begun.round, decide(seen, configuration), { floor: configuration.floor, language: seen.task.language }) }
    record?.('round', round)
    onProgress?.({ kind: 'round-ended', round })
    evidence = { ...seen, rounds: [...rounds, round] }
  }
}

/** Gathers what a verdict rests on: looks at every candidate, makes inputs, and reads and runs what is an attempt at the task. */
export async function examine(task: Task, candidates: readonly Candidate[], context: Context): Promise<Evidence> {
  const { sandbox, configuration, record } = context
  record?.('task', task)
  record?.('confinement', await sandbox.prove())
  const inputs = generateInputs({ language: task.language, signature: task.signature, examples: examplesOf(task) }, { seed: configuration.seed, count: configuration.inputs.count })
  record?.('inputs', inputs)
  return await examineMore({ task, candidates: [], screenings: [], scans: [], inputs, executions: [], distinctions: [], likelihoods: [] }, candidates, context)
}

/** The same programs run once more: what they do is seen anew, and what models said of them stays. */
export async function reexamine(evidence: Evidence, context: Context): Promise<Evidence> {
  const again = await examine(evidence.task, evidence.candidates, context)
  const distinctions: Distinction[] = []
  for (const { call, ...distinction } of evidence.distinctions) {
    distinctions.push(call === undefined ? distinction : { ...distinction, call, observations: await observeCall(again, call, await observing(again.task, context)) })
  }
  return await underAttack({ ...evidence, ...again, distinctions, likelihoods: evidence.likelihoods }, evidence.candidates, context)
}

/** Asks the models about what was not decided by what was seen: where the two best ways of behaving differ, and how likely the best programs are. */
async function compare(evidence: Evidence, context: WithModels): Promise<Evidence> {
  const { configuration } = context
  const { evidence: looks } = strategyIn(configuration)
  const bar = { floor: floorInForce(configuration), language: evidence.task.language }
  const before = decide(evidence, configuration)
  // Where nothing can be chosen, there is nothing that a model's word could decide.
  if (before.choice.kind === 'abstained' && before.choice.reason !== 'no-likelihood') return evidence
  // A model that knows little has no word on what a task wants.
  const isAsked = looks.distinctions && context.models.coder.domain === undefined
  const rivals = isAsked ? rivalsIn(before.ranking, bar) : undefined
  const apart = rivals === undefined ? evidence : await tellApart(evidence, rivals, context)
  const leaders = looks.likelihood ? leadersIn(decide(apart, configuration).ranking, bar) : []
  return leaders.length < 2 ? apart : await weigh(apart, leaders, context)
}

function conclude(evidence: Evidence, context: Context): Verdict {
  const { configuration, record, onProgress } = context
  const { spent } = spentBy(context)
  if (spent !== undefined) record?.('spent', spent)
  const verdict = decide({ ...evidence, ...(spent && { spent }) }, configuration)
  record?.('verdict', verdict)
  onProgress?.({ kind: 'judged', verdict })
  return verdict
}

/** The verdict that a strategy reaches on evidence: recomputed from the same evidence, it is the same byte for byte. */
export function decide(evidence: Evidence, given: Configuration): Verdict {
  const configuration = withStrategy(given)
  const strategy = strategyIn(configuration)
  const seen = withDistinctions(standing(evidence))
  const { behaviors, clusters } = cluster(seen)
  const agreeing = { tests: seen.task.tests, executions: seen.executions, behaviors }
  const agreement = { none: new Map(), dual: scoreByDualAgreement(agreeing), 'behavior-and-tests': scoreByAgreement(agreeing) }[strategy.evidence.agreement]
  return judge(seen, {
    strategy,
    floor: floorInForce(configuration),
    behaviors,
    clusters,
    agreement,
    opinion: opinionsOf(strategy.evidence.distinctions ? evidence.distinctions : []),
    seed: configuration.seed,
    configuration: digestRecord(deciding(configuration)),
  })
}
