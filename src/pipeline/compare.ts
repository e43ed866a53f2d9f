import { distinguish } from '../behavior/distinguish.ts'
import { likenessTo } from '../behavior/likeness.ts'
import { sampleCandidates } from '../candidate/sample.ts'
import { CountersignError } from '../errors.ts'
import { probe } from '../model/probe.ts'
import type { Model } from '../ports.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import type { Capability } from '../records/capability.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Likelihood } from '../records/likelihood.ts'
import type { Score } from '../records/score.ts'
import { type LikelihoodOptions, scoreLikelihood } from '../score/likelihood.ts'
import { readCall } from '../task/read-call.ts'
import { calling, observing, type WithModels } from './context.ts'

/** Finds a call on which the two best ways of behaving differ, and asks which of them the task wants. */
export async function tellApart(evidence: Evidence, rivals: readonly [Score, Score], context: WithModels): Promise<Evidence> {
  const { models, configuration, record, onProgress } = context
  const [one, two] = candidatesOf(evidence, rivals)
  if (one === undefined || two === undefined || evidence.task.entryPoint === undefined) return evidence
  const distinction = await distinguish(evidence, {
    ...(await observing(evidence.task, context)),
    ...calling(context),
    model: models.coder,
    maxTokens: configuration.generate.maxTokens,
    between: [one, two],
    readCall: (text) => readCall(evidence.task, text),
  })
  record?.('distinction', distinction)
  onProgress?.({ kind: 'distinguished', distinction })
  return { ...evidence, distinctions: [distinction] }
}

/** Scores candidates both ways, in the best way that the models at hand are seen to give. What cannot be had is unknown, and the verdict goes without. */
export async function weigh(evidence: Evidence, scores: readonly Score[], context: WithModels): Promise<Evidence> {
  const candidates = candidatesOf(evidence, scores)
  const weighed = await scored(evidence, candidates, context)
  for (const likelihood of weighed.likelihoods) {
    context.record?.('likelihood', likelihood)
    context.onProgress?.({ kind: 'scored', likelihood })
  }
  return { ...evidence, ...weighed }
}

async function scored(evidence: Evidence, candidates: readonly Candidate[], context: WithModels): Promise<Pick<Evidence, 'likelihoods' | 'capability'>> {
  const { models, record, onProgress } = context
  const scorer = models.reviewer ?? models.coder
  const capability = await capabilityOf(scorer, context)
  if ('unknown' in capability) return { likelihoods: unscored(candidates, { scorer, unknown: capability.unknown }) }
  record?.('capability', capability)
  onProgress?.({ kind: 'probed', capability })
  const isOther = models.reviewer !== undefined && capability.tier === 'exact'
  const most = capability.tier === 'exact' ? Infinity : mostAsked
  const asked = await scoreLikelihood(evidence.task, candidates.slice(0, most), {
    ...calling(context),
    model: scorer,
    capability: isOther ? { ...capability, tier: 'cross-model' } : capability,
    ...(isOther && { crossModel: { model: scorer, capability } }),
    roundTrip: roundTrip(evidence, context),
  })
  const beyond = unscored(candidates.slice(most), { scorer, unknown: `only the first ${mostAsked} are scored in this way` })
  return { likelihoods: [...asked, ...beyond], capability }
}

// Where each score is a question of its own: so many are worth their price.
const mostAsked = 6

async function capabilityOf(scorer: Model, context: WithModels): Promise<Capability | { unknown: string }> {
  const { known } = context.models
  try {
    return await probe(scorer, { ...calling(context), ...(known && { known }) })
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'INTERRUPTED' || error.code === 'EVIDENCE_BROKEN') throw error
    return { unknown: `${error.code}: ${error.message}` }
  }
}

function unscored(candidates: readonly Candidate[], { scorer, unknown }: { scorer: Model; unknown: string }): Likelihood[] {
  return candidates.map((candidate) => ({ candidate: contentDigest(candidate), tier: 'none', model: `${scorer.driver}/${scorer.name}`, prompts: [], unknown }))
}

/** How a program is written again from other words, and compared with the one that the words were about. */
function roundTrip(evidence: Evidence, context: WithModels): NonNullable<LikelihoodOptions['roundTrip']> {
  const { models, configuration } = context
  const { maxTokens } = configuration.generate
  return {
    rewrite: async (task) => {
      const drawn = await sampleCandidates(task, models.coder, { ...calling(context), count: 0, sampling: { temperature: 0, maxTokens, seed: configuration.seed } })
      return drawn.proposals[0]?.candidate
    },
    compare: async (one, other) => {
      const ran = evidence.executions.find(({ candidate }) => candidate === contentDigest(one))
      return ran && (await likenessTo(ran, other, { ...(await observing(evidence.task, context)), task: evidence.task, inputs: evidence.inputs.map(({ call }) => call) }))
    },
  }
}

function candidatesOf({ candidates }: Evidence, scores: readonly Score[]): Candidate[] {
  const byDigest = new Map(candidates.map((candidate) => [contentDigest(candidate), candidate]))
  return scores.flatMap(({ candidate }) => byDigest.get(candidate) ?? [])
}
