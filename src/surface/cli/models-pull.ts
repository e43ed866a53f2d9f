import { type Command, InvalidArgumentError } from 'commander'
import { CountersignError } from '../../errors.ts'
import { type PulledModel, modelSource, pullModel } from '../../index.ts'
import { sizeOf } from './bytes.ts'
import { interruptible } from './interruption.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { type Colors, openOutput } from './output.ts'
import { ProgressLine } from './progress-line.ts'

interface PullOptions extends SettingOptions {
  sha256?: string
  as?: string
  json?: boolean
  quiet?: boolean
}

export function addPull(models: Command): void {
  addSettings(models.command('pull'), ['models'])
    .summary('fetch a model file')
    .description(
      'Fetches a GGUF file into the folder of models, from where an earlier attempt broke off, and under its name only when it is whole. Its SHA-256 is checked against the one given, else against the one that its host publishes (Hugging Face does); where there is neither it is shown, and said not to be checked.',
    )
    .argument('<source>', 'hf:OWNER/REPOSITORY[@REVISION]/FILE.gguf, or a URL')
    .option('--sha256 <digest>', 'what the file must be, 64 hexadecimal digits', digest)
    .option('--as <name>', 'the name that it gets, instead of its own')
    .option('--json', 'one JSON document: {path, bytes, digest, checked, already}')
    .option('--quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      `
HF_TOKEN opens files that are not for everybody, HF_ENDPOINT names a mirror. Behind a proxy set NODE_USE_ENV_PROXY=1 beside HTTPS_PROXY.

Exit codes: 0 it is there; 2 wrong input, or no GGUF file; 3 the host, the network or the disk gave up (what has come is kept); 4 the digest is another one.

Examples:
  countersign models pull hf:OWNER/REPOSITORY/FILE.gguf
  countersign models pull hf:OWNER/REPOSITORY@COMMIT/FILE.gguf --sha256 DIGEST
  countersign models pull https://example.org/small.gguf --as mine.gguf`,
    )
    .action(pull)
}

async function pull(text: string, options: PullOptions): Promise<void> {
  const output = openOutput({ quiet: options.quiet, machine: options.json })
  const { folder } = configurationFor(options).configuration.models
  const { HF_ENDPOINT: hub, HF_TOKEN: token } = process.env
  const source = modelSource(text, { hub: hub || undefined, token, name: options.as })
  const progress = new ProgressLine(output, sizeOf)
  try {
    const pulled = await interruptible((signal) =>
      pullModel(source, { folder, sha256: options.sha256, signal, onProgress: (at) => progress.update(at) }),
    )
    progress.close()
    if (options.json === true) output.document(pulled)
    else output.answer(render(pulled, output.answerColors))
    output.say(`countersign probe llama:${source.name} says what it can give`)
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== 'INTERRUPTED') throw error
    throw new CountersignError('INTERRUPTED', 'interrupted; what has come is kept, and the same command goes on from there', {
      cause: error,
    })
  } finally {
    progress.close()
  }
}

function render({ path, bytes, digest, checked, already }: PulledModel, { green, yellow }: Colors): string {
  const said = {
    given: green('is the one that was asked for'),
    published: green('is the one that its host publishes'),
    unknown: yellow('was not checked: nobody said what it should be (--sha256 does)'),
  }
  return `${path}${already ? ' was there already' : ''}, ${sizeOf(bytes)}\n${digest}  ${said[checked]}\n`
}

function digest(text: string): string {
  const [, digits] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text) ?? []
  if (digits === undefined) throw new InvalidArgumentError('It must be 64 hexadecimal digits.')
  return digits.toLowerCase()
}
