import type { Configuration } from '../config.ts'
import type { CostEstimate } from '../records/strategy.ts'
import { strategyIn, withStrategy } from '../verdict/strategy.ts'

/** Answers of one kind: how many at least and at most, and what one of them takes. */
interface Asked {
  least: number
  most: number
  tokens: number
}

// What a question and its answer come to for a function of some twenty lines, in round numbers. Nothing is limited by them: a budget does that.
const tokensOf = { program: 900, tests: 900, question: 1200, scoring: 800, turn: 2400, revision: 1500 }
// A call on which two programs differ, and which of them is meant, in both orders.
const questionsOfDistinction = 3
const stages = 2

/**
 * What a run with this configuration costs in answers of a model, each counted as a call (some endpoints give several in one), and in tokens. At least:
 * adaptive sampling stops at its first look, and nothing is left to argue about. At most: everything is drawn, and all of it is equal and disputed. What
 * a probe takes, once for each model, is left out.
 */
export function estimateCost(given: Configuration): CostEstimate {
  const configuration = withStrategy(given)
  const asked = askedFor(configuration)
  const sum = (of: (one: Asked) => number) => asked.reduce((sum, one) => sum + of(one), 0)
  return {
    calls: { least: sum(({ least }) => least), most: sum(({ most }) => most) },
    tokens: { least: sum(({ least, tokens }) => least * tokens), most: sum(({ most, tokens }) => most * tokens) },
  }
}

function askedFor(configuration: Configuration): Asked[] {
  const { generate, codechain, critique } = configuration
  const { sampling, evidence, rounds } = strategyIn(configuration)
  const programs = generate.samples + 1
  const first = sampling.adaptive === false ? programs : Math.min(programs, sampling.adaptive.batch + 1)
  const tests = evidence.agreement === 'none' ? 0 : generate.tests
  const written = rounds.kind === 'codechain' ? (codechain.rounds - 1) * generate.samples : 0
  const criticised = rounds.kind === 'indict' ? Math.min(critique.programs, programs) : 0
  const dialogues = criticised * critique.rounds * stages
  const isSure = rounds.kind === 'indict' && rounds.when === 'always'
  return [
    // Without a gain CodeChain ends after its second round.
    { least: first + Math.min(written, generate.samples), most: programs + written, tokens: tokensOf.program },
    { least: sampling.adaptive === false ? tests : 0, most: tests, tokens: tokensOf.tests },
    { least: 0, most: evidence.distinctions ? questionsOfDistinction : 0, tokens: tokensOf.question },
    { least: 0, most: evidence.likelihood ? 2 * (programs + written) : 0, tokens: tokensOf.scoring },
    // Two critics with nothing to say end a dialogue; else a summary follows the turns.
    { least: isSure ? criticised * stages * 2 : 0, most: dialogues * (critique.turns + 1), tokens: tokensOf.turn },
    { least: 0, most: dialogues * critique.attempts, tokens: tokensOf.revision },
  ]
}
