import { type Command } from 'commander'
import type { LikelihoodTier, ProbeCheck } from '../../records/capability.ts'
import { type Capability, Ledger, listPrices, parseLimits } from '../../index.ts'
import { capabilityOf } from '../capability.ts'
import { openWriter } from '../writing-model.ts'
import { interruptible } from './interruption.ts'
import { LiveTable } from './live-table.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { type Colors, type Output, openOutput } from './output.ts'
import { spendLine } from './spend.ts'
import { oneLine, table } from './text.ts'

interface ProbeCommandOptions extends SettingOptions {
  fresh?: boolean
  budget: string
  allowAgentModel?: boolean
  json?: boolean
  quiet?: boolean
}

/** What each tier means for choosing among programs. */
const tierMeanings: Record<LikelihoodTier, string> = {
  exact: 'it scores any text, so p(program | task) and p(task | program) can both be had from it',
  'cross-model': 'another model scores both ways in its place',
  'verdict-logprob': 'it cannot score a given text; the probability of one True or False is the next best',
  'round-trip': 'it gives no log-probabilities; describing the program and writing it again is the next best',
  judge: 'it gives its opinion, and nothing to measure',
  none: 'it gives no answer at all',
}

export function addProbe(program: Command): void {
  addSettings(program.command('probe'), ['store', 'models'])
    .summary('find out what a model can give')
    .description(
      'Finds out by trying, never by what an endpoint promises, how the likelihood of a text is to be had from a model: the tier, and each step with what was seen. About thirty small requests, up to a hundred where an endpoint gives nothing. What was found is kept with the versions it holds for, and asked again when they change.',
    )
    .argument(
      '[model]',
      "embedded, openai:NAME, anthropic:NAME, llama:FILE, 'command:PROGRAM', or an endpoint's URL#NAME (the one that generate takes when absent)",
    )
    .option('--fresh', 'ask again, whatever is known')
    .option('--budget <limits>', 'what it may use at most, e.g. 0.05usd,60s', '300 calls')
    .option('--allow-agent-model', 'a program whose tools are not known to be switched off may be asked')
    .option('--json', 'what was found as one JSON document')
    .option('--quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `
Tiers, best first:
${Object.entries(tierMeanings)
  .map(([tier, meaning]) => `  ${tier.padEnd(16)}${meaning}`)
  .join('\n')}

Exit codes: 0 a tier was found; 2 wrong input or configuration; 3 the model could not be asked; 6 the budget was spent first.

Examples:
  countersign probe http://127.0.0.1:8000/v1#NAME
  countersign probe openai:gpt-6-luna --budget 0.05usd
  countersign probe 'command:claude -p' --json
  countersign probe llama:small.gguf --fresh`,
    )
    .action(probeModel)
}

async function probeModel(model: string | undefined, options: ProbeCommandOptions): Promise<void> {
  const output = openOutput({ quiet: options.quiet, machine: options.json })
  const inForce = configurationFor(withModel(options, model))
  const { store, models } = inForce.configuration
  const ledger = new Ledger(parseLimits(options.budget), { prices: [...models.prices, ...listPrices] })
  const { coder: opened, chosen } = await openWriter(inForce)
  if (chosen.because !== 'named') output.say(`${opened.driver}/${opened.name}: ${oneLine(chosen.detail)}`)
  const progress = new CheckLine(output, `${opened.driver}/${opened.name}`)
  try {
    const { capability, known } = await interruptible((signal) =>
      capabilityOf(opened, {
        folder: store.folder,
        fresh: options.fresh,
        budget: ledger,
        signal,
        onCheck: (check) => progress.update(check),
      }),
    )
    progress.close()
    if (options.json === true) output.document(capability)
    else output.answer(renderCapability(capability, output.answerColors))
    output.say(known ? 'known from an earlier probe; --fresh asks again' : spendLine(ledger.spend))
  } finally {
    progress.close()
    await opened.close()
  }
}

function withModel(options: ProbeCommandOptions, model: string | undefined): SettingOptions {
  const leave = options.allowAgentModel === true ? ['models.allowAgent=true'] : []
  return { ...options, ...(model === undefined ? {} : { model }), set: [...(options.set ?? []), ...leave] }
}

/** What was found, step by step, with the tier as its last line. What an endpoint said is untrusted text. */
function renderCapability({ model, versions, tier, scorer, checks }: Capability, colors: Colors): string {
  const facts = Object.entries(versions).map(([name, value]) => `${name} ${value}`)
  const rows = checks.map(({ scorer, check, passed, detail }) => [
    passed ? 'ok' : 'failed',
    scorer === 'none' ? 'sampling' : oneLine(scorer),
    check,
    oneLine(detail),
  ])
  const steps = table(rows).replaceAll(/^(ok|failed)/gm, (state) => (state === 'ok' ? colors.green(state) : colors.yellow(state)))
  const by = scorer === undefined ? '' : ` by ${oneLine(scorer)}`
  return `${oneLine([model, ...facts].join(', '))}\n${steps}${colors.bold(`tier  ${tier}${by}`)}  ${tierMeanings[tier]}\n`
}

/** The check that was made last, in one line that is redrawn. */
class CheckLine {
  readonly #live: LiveTable | undefined
  #made = 0

  constructor({ screen }: Output, model: string) {
    this.#live = screen === undefined ? undefined : new LiveTable(screen)
    this.#live?.show([[{ text: `asking ${oneLine(model)}` }]])
  }

  update({ scorer, check, passed }: ProbeCheck): void {
    this.#made += 1
    this.#live?.show([[{ text: `check ${this.#made}: ${scorer}: ${check}: ${passed ? 'ok' : 'failed'}` }]])
  }

  close(): void {
    this.#live?.clear()
  }
}
