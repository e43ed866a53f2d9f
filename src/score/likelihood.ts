import type { Model, ModelCall } from '../ports.ts'
import { type Candidate, contentDigest } from '../records/candidate.ts'
import type { Capability } from '../records/capability.ts'
import type { Likelihood } from '../records/likelihood.ts'
import type { Task } from '../records/task.ts'
import { scoreByCoderReviewer, type CoderReviewerOptions } from './coder-reviewer.ts'
import { scoreByJudge } from './judge.ts'
import { type RoundTripOptions, scoreByRoundTrip } from './round-trip.ts'
import { scoreByVerdict } from './verdict-logprob.ts'

export interface LikelihoodOptions extends ModelCall, Pick<CoderReviewerOptions, 'weight' | 'reduction'> {
  model: Model
  capability: Capability
  /** The model that gives both terms where the tier is `cross-model`. */
  crossModel?: { model: Model; capability: Capability }
  /** How programs are written again and compared, for the tier `round-trip`. */
  roundTrip?: Pick<RoundTripOptions, 'rewrite' | 'compare'>
}

/** How likely each candidate is, in the best way that the models at hand were seen to give. One tier for all of a task's candidates. */
export async function scoreLikelihood(task: Task, candidates: readonly Candidate[], options: LikelihoodOptions): Promise<Likelihood[]> {
  const { model, capability, crossModel, roundTrip, ...rest } = options
  switch (capability.tier) {
    case 'exact':
      return await scoreByCoderReviewer(task, candidates, { ...rest, model, capability })
    case 'cross-model':
      return crossModel === undefined
        ? lacking(candidates, options)
        : await scoreByCoderReviewer(task, candidates, { ...rest, ...crossModel, crossModel: true })
    case 'verdict-logprob':
      return await scoreByVerdict(task, candidates, { ...rest, model })
    case 'round-trip': {
      const likelihoods = roundTrip === undefined ? [] : await scoreByRoundTrip(task, candidates, { ...rest, ...roundTrip, model })
      // Where nothing can be run or embedded, an opinion is what is left.
      return likelihoods.some(({ value }) => value !== undefined) ? likelihoods : await scoreByJudge(task, candidates, { ...rest, model })
    }
    case 'judge':
      return await scoreByJudge(task, candidates, { ...rest, model })
    case 'none':
      return lacking(candidates, options)
  }
}

function lacking(candidates: readonly Candidate[], { model, capability }: LikelihoodOptions): Likelihood[] {
  const unknown = capability.tier === 'none' ? 'the model gives nothing to score by' : 'the model that should score is not here'
  return candidates.map((candidate) => ({
    candidate: contentDigest(candidate),
    tier: capability.tier,
    model: `${model.driver}/${model.name}`,
    prompts: [],
    unknown,
  }))
}
