import { CountersignError } from '../../errors.ts'
import { type Model, type ModelSettings, openModel, readRecordings, recordModel, redactModel, replayModel, structural } from '../../index.ts'
import type { ModelChoice } from '../../records/model-choice.ts'
import type { Exchange } from '../../records/recording.ts'
import type { ConfigurationInForce } from '../configuration.ts'
import { trustedModel } from '../model-choice.ts'
import { openWriter } from '../writing-model.ts'

/** The models of a run: the one that writes, and the one that scores where another one does. */
export interface Writers {
  coder: Model
  reviewer?: Model
  /** What places sub-modules, where a model does. */
  embedder?: Model
}

/** The same, with how the one that writes came to be chosen. */
export interface OpenedWriters extends Writers {
  choice: ModelChoice
  /** Of the one that writes, where it is not a recording. */
  settings?: ModelSettings
}

/** Opens the models that the settings name, or those of a recording. */
export async function openWriters(inForce: ConfigurationInForce, { replay }: { replay?: string | undefined }): Promise<OpenedWriters> {
  const { generate, codechain } = inForce.configuration
  const byModel = codechain.embedder !== structural.driver
  if (replay !== undefined) return replayed(replay, byModel)
  const { coder, settings, chosen } = await openWriter(inForce)
  const opened = { coder, settings, choice: { ...chosen, model: `${coder.driver}/${coder.name}` } }
  return {
    ...opened,
    ...(generate.reviewer !== '' && { reviewer: await openModel(trustedModel(inForce, 'generate.reviewer'), process.env) }),
    ...(byModel && { embedder: await openModel(trustedModel(inForce, 'codechain.embedder'), process.env) }),
  }
}

// The one that places sub-modules stands last in a recording.
function replayed(path: string, byModel: boolean): OpenedWriters {
  const models = readRecordings(path)
  const embedder = byModel ? models.pop() : undefined
  const [coder, reviewer, ...more] = models
  if (coder === undefined || more.length > 0) throw new CountersignError('INPUT_INVALID', `${path} is no recording of this command: it holds ${more.length + 2} models, and not one or two`)
  const choice: ModelChoice = { model: `${coder.driver}/${coder.name}`, because: 'replayed', detail: `answers from ${path}` }
  return { coder: replayModel(coder), choice, ...(reviewer && { reviewer: replayModel(reviewer) }), ...(embedder && { embedder: replayModel(embedder) }) }
}

/** The same models, which keep what they are asked and answer, and never get to see a secret. */
export function guarded(writers: Writers, { sink, onRedacted }: { sink: (exchange: Exchange) => void; onRedacted: (kinds: readonly string[]) => void }): Writers {
  const guard = (model: Model) => redactModel(recordModel(model, sink), { values: secretsIn(process.env), onRedacted })
  const { coder, reviewer, embedder } = writers
  return { coder: guard(coder), ...(reviewer && { reviewer: guard(reviewer) }), ...(embedder && { embedder: guard(embedder) }) }
}

export async function closeWriters({ coder, reviewer, embedder }: Writers): Promise<void> {
  await coder.close()
  await reviewer?.close()
  await embedder?.close()
}

/** What the environment holds under a name that tells of a secret. */
function secretsIn(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => (value !== undefined && value.length >= 8 && /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(name) ? [value] : []))
}
