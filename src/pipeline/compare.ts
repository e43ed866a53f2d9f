import { distinguish } from '../behavior/distinguish.ts'
import { likenessTo } from '../behavior/likeness.ts'
import { sampleCandidates } from '../candidate/sample.ts'
import { probe } from '../model/probe.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import type { Digest } from '../records/digest.ts'
import type { Evidence } from '../records/evidence.ts'
import type { Score } from '../records/score.ts'
import { type LikelihoodOptions, scoreLikelihood } from '../score/likelihood.ts'
import { readCall } from '../task/read-call.ts'
import { calling, observing, type WithModels } from './context.ts'

/** Finds a call on which the two best ways of behaving differ, and asks which of them the task wants. */
export async function tellApart(evidence: Evidence, rivals: readonly [Score, Score], context: WithModels): Promise<Evidence> {
  const { models, configuration, record, onProgress } = context
  const [one, two] = rivals.map(({ candidate }) => candidateOf(evidence, candidate))
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

/** Scores candidates both ways, in the best way that the models at hand are seen to give. */
export async function weigh(evidence: Evidence, scores: readonly Score[], context: WithModels): Promise<Evidence> {
  const { models, record, onProgress } = context
  const scorer = models.reviewer ?? models.coder
  const capability = await probe(scorer, { ...calling(context), ...(models.known && { known: models.known }) })
  record?.('capability', capability)
  onProgress?.({ kind: 'probed', capability })
  const isOther = models.reviewer !== undefined && capability.tier === 'exact'
  const likelihoods = await scoreLikelihood(
    evidence.task,
    scores.flatMap(({ candidate }) => candidateOf(evidence, candidate) ?? []),
    {
      ...calling(context),
      model: scorer,
      capability: isOther ? { ...capability, tier: 'cross-model' } : capability,
      ...(isOther && { crossModel: { model: scorer, capability } }),
      roundTrip: roundTrip(evidence, context),
    },
  )
  for (const likelihood of likelihoods) {
    record?.('likelihood', likelihood)
    onProgress?.({ kind: 'scored', likelihood })
  }
  return { ...evidence, likelihoods, capability }
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

function candidateOf({ candidates }: Evidence, digest: Digest): Candidate | undefined {
  return candidates.find((candidate) => contentDigest(candidate) === digest)
}
