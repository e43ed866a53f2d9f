import { CountersignError } from '../errors.ts'
import type { Model, ModelCall } from '../ports.ts'
import type { Capability, LikelihoodTier, ProbeCheck } from '../records/capability.ts'
import { canonicalJson } from '../records/digest.ts'
import type { Prompt, PromptKind, Sampling } from '../records/prompt.ts'
import type { Sample, Scored, TokenLogProbability } from '../records/sample.ts'
import { passages } from './probe-passage.ts'

/** Raised whenever the checks below change: what an older probe said does not hold any more. */
const probeVersion = 1

// Servers add up in other orders for other batches: the same text may differ by this much in one token.
const sameWithin = 0.1
const nearZero = -1.5
const greedyTokens = 16
// One word, and where a model thinks before it, the thinking.
const verdictTokens = { word: 16, thinking: 4096 }

interface Seen {
  passed: boolean
  detail: string
}

export interface ProbeOptions extends ModelCall {
  /** What earlier probes found; one that still holds is returned as it is. */
  known?: readonly Capability[]
  /** A model that is known to score exactly, to give both terms for one that does not. */
  crossModel?: Capability
  /** Hears of each check as it is made. */
  onCheck?: (check: ProbeCheck) => void
}

/** Finds out by trying, never by what a parameter promises, how the likelihood of a text is to be had from a model. */
export async function probe(model: Model, options: ProbeOptions): Promise<Capability> {
  const identity = `${model.driver}/${model.name}`
  const versions = await model.versions(options)
  const holds = (known: Capability) =>
    known.model === identity && known.probe === probeVersion && canonicalJson(known.versions) === canonicalJson(versions)
  return options.known?.find(holds) ?? { model: identity, versions, probe: probeVersion, ...(await climb(model, options)) }
}

async function climb(model: Model, options: ProbeOptions): Promise<Pick<Capability, 'tier' | 'scorer' | 'checks'>> {
  const checks: ProbeCheck[] = []
  const lacking = new Set<string>()
  for (const scorer of model.scorers) {
    // `echo <s>` is a variant of `echo`: where that gives nothing at all, this gives nothing either.
    if (lacking.has(scorer.split(' ')[0]!)) continue
    const seen = await tryScorer(model, { scorer, call: options, ...(options.onCheck && { onCheck: options.onCheck }) })
    checks.push(...seen)
    if (seen.every(({ passed }) => passed)) return { tier: 'exact', scorer, checks }
    if (seen.length === 1) lacking.add(scorer)
  }
  const { answers, ...verdict } = await sampledLogProbabilities(model, options)
  checks.push({ scorer: 'none', check: 'sampled tokens have values', ...verdict })
  options.onCheck?.(checks.at(-1)!)
  return { tier: lowerTier({ answers, values: verdict.passed }, options.crossModel), checks }
}

function lowerTier({ answers, values }: { answers: boolean; values: boolean }, crossModel: Capability | undefined): LikelihoodTier {
  if (crossModel?.tier === 'exact') return 'cross-model'
  if (!answers) return 'none'
  return values ? 'verdict-logprob' : 'round-trip'
}

/** The four checks of one way of scoring, until one fails. */
async function tryScorer(model: Model, at: At & Pick<ProbeOptions, 'onCheck'>): Promise<ProbeCheck[]> {
  const trials: [string, () => Promise<Seen>][] = [
    ['a value for every token of a passage', async () => await everyToken(model, at)],
    ['words in disorder are less likely', async () => await disorder(model, at)],
    ['the order of requests does not matter', async () => await orderOfRequests(model, at)],
    ['its own continuation is likely where it lies', async () => await ownContinuation(model, at)],
  ]
  const checks: ProbeCheck[] = []
  for (const [check, work] of trials) {
    checks.push(await step(at.scorer, check, work))
    at.onCheck?.(checks.at(-1)!)
    if (!checks.at(-1)!.passed) break
  }
  return checks
}

async function step(scorer: string, check: string, work: () => Promise<Seen>): Promise<ProbeCheck> {
  try {
    return { scorer, check, ...(await work()) }
  } catch (error) {
    // A model that cannot be reached or paid for was not probed; one that refuses this, or answers nonsense, was.
    if (
      !(error instanceof CountersignError) ||
      !['MODEL_REFUSED', 'MODEL_REPLY_INVALID', 'CONTEXT_EXCEEDED', 'INPUT_INVALID'].includes(error.code)
    )
      throw error
    return { scorer, check, passed: false, detail: error.message }
  }
}

interface At {
  scorer: string
  call: ModelCall
}

async function read(model: Model, { scorer, call }: At, text: { prefix?: string; continuation: string }): Promise<Scored> {
  return await model.score({ kind: 'completion', text: text.prefix ?? '' }, text.continuation, {
    budget: call.budget,
    by: scorer,
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  })
}

// (1) As many entries as the passage has tokens, and only the first may be without a value.
async function everyToken(model: Model, at: At): Promise<Seen> {
  const scored = await read(model, at, { continuation: passages.ordered })
  if (scored.kind === 'unavailable') return { passed: false, detail: scored.reason }
  const { tokens, usage } = scored
  const spelled = tokens.map(({ token }) => token).join('') === passages.ordered
  const without = tokens.filter(({ logProbability }, index) => logProbability === null && index > 0).length
  // With or without a start token, and with the one token that some endpoints insist on generating.
  const counted = usage === undefined || Math.abs(usage.inputTokens - tokens.length) <= 1
  const detail = `${tokens.length} tokens${spelled ? '' : ' that are not those of the passage'}, ${without} without a value${counted ? '' : `, of ${usage?.inputTokens} that were read`}`
  return { passed: spelled && without === 0 && counted && tokens.length > 5, detail }
}

// (2) A model that read the passage finds its words in another order less likely.
async function disorder(model: Model, at: At): Promise<Seen> {
  const [ordered, shuffled] = [
    mean(await read(model, at, { continuation: passages.ordered })),
    mean(await read(model, at, { continuation: passages.shuffled })),
  ]
  if (ordered === undefined || shuffled === undefined) return { passed: false, detail: 'not every token has a value' }
  return { passed: ordered > shuffled, detail: `${ordered.toFixed(3)} a token in order, ${shuffled.toFixed(3)} shuffled` }
}

// (3) A server that keeps the state of a prefix must not answer from it: the whole of each text, in both orders.
async function orderOfRequests(model: Model, at: At): Promise<Seen> {
  const [one, two] = passages.branches.map((branch) => ({ continuation: passages.stem + branch }))
  const texts = [one!, two!, two!, one!]
  const values: (number | null)[][] = []
  for (const text of texts) {
    const scored = await read(model, at, text)
    if (scored.kind === 'unavailable') return { passed: false, detail: scored.reason }
    values.push(scored.tokens.map(({ logProbability }) => logProbability))
  }
  const difference = Math.max(largestDifference(values[0]!, values[3]!), largestDifference(values[1]!, values[2]!))
  return { passed: difference <= sameWithin, detail: `values differ by ${difference.toFixed(4)} at most` }
}

// (4) What the model itself writes has the values that it had when it was written. Where it was given none, what it writes at temperature 0
// must at least sit near zero, and a word that nobody expects behind it must be what is unlikely. A list that is off by one does neither.
async function ownContinuation(model: Model, at: At): Promise<Seen> {
  const sampling: Sampling = { temperature: 0, maxTokens: greedyTokens, stop: [], seed: 1, logProbabilities: true }
  const start = at.scorer.split(' ').slice(1).join(' ')
  const { samples } = await model.sample(
    { kind: 'completion', text: start + passages.opening },
    { ...at.call, sampling, count: 1, first: 0 },
  )
  const sample = samples[0]!
  const { text, tokens } = sample
  if (text.trim() === '') return { passed: false, detail: 'the model does not go on from a text' }
  const scored = await read(model, at, { prefix: passages.opening, continuation: text })
  if (scored.kind === 'unavailable') return { passed: false, detail: scored.reason }
  const difference = differenceWhenWritten(tokens, scored.tokens)
  if (difference !== undefined)
    return { passed: difference <= sameWithin, detail: `${difference.toFixed(4)} a token off what it was when written${renamed(sample)}` }
  return await surprised(model, at, text)
}

async function surprised(model: Model, at: At, text: string): Promise<Seen> {
  const scored = await read(model, at, { prefix: passages.opening, continuation: text + passages.surprise })
  if (scored.kind === 'unavailable') return { passed: false, detail: scored.reason }
  const expected = scored.tokens.filter(({ offset }) => offset < text.length).map(({ logProbability }) => logProbability ?? -Infinity)
  const average = expected.reduce((sum, value) => sum + value, 0) / expected.length
  const surprise = scored.tokens.find(({ offset }) => offset >= text.length)?.logProbability ?? 0
  const passed = average >= nearZero && surprise < Math.min(...expected)
  return { passed, detail: `${average.toFixed(3)} a token, ${surprise.toFixed(3)} for a word that nobody expects` }
}

/** The middle difference between the values of the same tokens; undefined where the two lists cannot be compared. */
function differenceWhenWritten(
  written: readonly TokenLogProbability[] | undefined,
  read: readonly TokenLogProbability[],
): number | undefined {
  // After temperature 0 some servers call every token certain, which says nothing.
  if (written === undefined || written.every(({ logProbability }) => logProbability === 0)) return undefined
  const known = new Map(written.map(({ token, offset, logProbability }) => [`${offset} ${token}`, logProbability]))
  const pairs = read.flatMap(({ token, offset, logProbability }) => {
    const value = known.get(`${offset} ${token}`)
    return value === undefined || value === null || logProbability === null ? [] : [Math.abs(value - logProbability)]
  })
  if (pairs.length < read.length / 2) return undefined
  return pairs.sort((a, b) => a - b)[Math.floor(pairs.length / 2)]
}

async function sampledLogProbabilities(model: Model, call: ModelCall): Promise<Seen & { answers: boolean }> {
  const sample = (await wordAtOnce(model, call)) ?? (await oneWord(model, { ...call, maxTokens: verdictTokens.thinking }))
  if (sample.text === '') return { passed: false, answers: false, detail: sample.refusal ?? 'the model gives no answer at all' }
  if (sample.tokens === undefined)
    return {
      passed: false,
      answers: true,
      detail: `${sample.tokensRejected ?? 'sampled tokens come without log-probabilities'}${renamed(sample)}`,
    }
  return { passed: true, answers: true, detail: `${sample.tokens.length} sampled tokens with log-probabilities${renamed(sample)}` }
}

/** Undefined where the word did not fit: such an answer is empty, or, from some endpoints, refused. */
async function wordAtOnce(model: Model, call: ModelCall): Promise<Sample | undefined> {
  try {
    const sample = await oneWord(model, { ...call, maxTokens: verdictTokens.word })
    return sample.text === '' && sample.ending === 'cut-off' ? undefined : sample
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'MODEL_REFUSED' && /output limit|max_\w*tokens/.test(error.message)) return undefined
    throw error
  }
}

async function oneWord(model: Model, { maxTokens, budget, signal }: ModelCall & { maxTokens: number }): Promise<Sample> {
  const sampling: Sampling = { temperature: 0, maxTokens, stop: [], seed: 1, logProbabilities: true }
  const call = { budget, ...(signal === undefined ? {} : { signal }), sampling, count: 1, first: 0 }
  const { samples } = await model.sample(anyPrompt(model.prompts[0] ?? 'chat'), call)
  return samples[0]!
}

function renamed({ model, substituted }: Sample): string {
  return substituted === true ? `; it answers under the name ${model}` : ''
}

function anyPrompt(kind: PromptKind): Prompt {
  const question = 'Is 2 + 2 equal to 4? Answer with one word, True or False.'
  if (kind === 'chat') return { kind, messages: [{ role: 'user', content: question }] }
  return kind === 'completion'
    ? { kind, text: `${question}\nAnswer:` }
    : {
        kind,
        sections: [
          { tag: 'inst', text: question },
          { tag: 'code', text: '' },
        ],
      }
}

function mean(scored: Scored): number | undefined {
  if (scored.kind === 'unavailable') return undefined
  const values = scored.tokens.flatMap(({ logProbability }, index) => (logProbability === null && index === 0 ? [] : [logProbability]))
  return values.length === 0 || values.includes(null) ? undefined : values.reduce<number>((sum, value) => sum + value!, 0) / values.length
}

function largestDifference(one: readonly (number | null)[], two: readonly (number | null)[]): number {
  if (one.length !== two.length) return Infinity
  return Math.max(
    0,
    ...one.map((value, index) =>
      value === null && two[index] === null ? 0 : value === null || two[index] === null ? Infinity : Math.abs(value - two[index]!),
    ),
  )
}
