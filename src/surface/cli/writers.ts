import { CountersignError } from '../../errors.ts'
import { type Model, type ModelSettings, openModel, readRecordings, recordModel, redactModel, replayModel, strategyIn, structural } from '../../index.ts'
import type { CriticRole } from '../../records/critique.ts'
import type { ModelChoice } from '../../records/model-choice.ts'
import type { Exchange } from '../../records/recording.ts'
import type { ConfigurationInForce } from '../configuration.ts'
import { expectOwnSources, trustedModel, trustedModels } from '../model-choice.ts'
import { openWriter } from '../writing-model.ts'

/** The models of a run: the one that writes, and the one that scores where another one does. */
export interface Writers {
  coder: Model
  reviewer?: Model
  /** What places sub-modules, where a model does. */
  embedder?: Model
  /** Who may speak in each role, where others than the one that writes do. */
  critics?: Record<CriticRole, readonly Model[]>
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
  expectOwnSources(inForce)
  if (replay !== undefined) return replayed(replay, { byModel, roles: rolesIn(inForce) })
  const { coder, settings, chosen } = await openWriter(inForce)
  const opened = { coder, settings, choice: { ...chosen, model: `${coder.driver}/${coder.name}` } }
  return {
    ...opened,
    ...(generate.reviewer !== '' && { reviewer: await openModel(trustedModel(inForce, 'generate.reviewer'), process.env) }),
    ...(byModel && { embedder: await openModel(trustedModel(inForce, 'codechain.embedder'), process.env) }),
    ...(await openCritics(inForce)),
  }
}

const roleNames = ['safety', 'helpfulness', 'summariser'] as const

/** How many models each role has, where any has one. */
function rolesIn({ configuration }: ConfigurationInForce): Record<CriticRole, number> | undefined {
  const { roles } = configuration
  const counts = { safety: countOf(roles.safety), helpfulness: countOf(roles.helpfulness), summariser: countOf(roles.summariser) }
  return strategyIn(configuration).rounds.kind === 'indict' && roleNames.some((role) => counts[role] > 0) ? counts : undefined
}

function countOf(models: string | readonly string[]): number {
  return [models].flat().filter((model) => model !== '').length
}

async function openCritics(inForce: ConfigurationInForce): Promise<Pick<Writers, 'critics'>> {
  if (rolesIn(inForce) === undefined) return {}
  const open = async (role: CriticRole) => await Promise.all(trustedModels(inForce, `roles.${role}`).map(async (settings) => await openModel(settings, process.env)))
  return { critics: { safety: await open('safety'), helpfulness: await open('helpfulness'), summariser: await open('summariser') } }
}

/** Every model of a run, in the order in which a recording holds them. */
export function allOf({ coder, reviewer, critics, embedder }: Writers): Model[] {
  return [coder, reviewer, ...roleNames.flatMap((role) => critics?.[role] ?? []), embedder].filter((model) => model !== undefined)
}

// The one that places sub-modules stands last in a recording.
function replayed(path: string, { byModel, roles }: { byModel: boolean; roles: Record<CriticRole, number> | undefined }): OpenedWriters {
  const models = readRecordings(path)
  const embedder = byModel ? models.pop() : undefined
  const taken = (count: number) => models.splice(models.length - count, count).map((model) => replayModel(model))
  // Taken from the end: the summarisers stand last.
  const summariser = taken(roles?.summariser ?? 0)
  const helpfulness = taken(roles?.helpfulness ?? 0)
  const safety = taken(roles?.safety ?? 0)
  const [coder, reviewer, ...more] = models
  if (coder === undefined || more.length > 0) throw new CountersignError('INPUT_INVALID', `${path} is no recording of this command: it holds ${more.length + 2} models, and not one or two`)
  const choice: ModelChoice = { model: `${coder.driver}/${coder.name}`, because: 'replayed', detail: `answers from ${path}` }
  return { coder: replayModel(coder), choice, ...(reviewer && { reviewer: replayModel(reviewer) }), ...(embedder && { embedder: replayModel(embedder) }), ...(roles && { critics: { safety, helpfulness, summariser } }) }
}

/** The same models, which keep what they are asked and answer, and never get to see a secret. */
export function guarded(writers: Writers, { sink, onRedacted }: { sink: (exchange: Exchange) => void; onRedacted: (kinds: readonly string[]) => void }): Writers {
  const guard = (model: Model) => redactModel(recordModel(model, sink), { values: secretsIn(process.env), onRedacted })
  const { coder, reviewer, embedder, critics } = writers
  const guarded = { coder: guard(coder), ...(reviewer && { reviewer: guard(reviewer) }), ...(embedder && { embedder: guard(embedder) }) }
  if (critics === undefined) return guarded
  // A role without a model of its own is played by the one that writes, which keeps one record of what it was asked.
  const of = (role: CriticRole) => (critics[role].length === 0 ? [guarded.coder] : critics[role].map(guard))
  return { ...guarded, critics: { safety: of('safety'), helpfulness: of('helpfulness'), summariser: of('summariser') } }
}

export async function closeWriters(writers: Writers): Promise<void> {
  for (const model of allOf(writers)) await model.close()
}

/** What the environment holds under a name that tells of a secret. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => (value !== undefined && value.length >= 8 && /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(name) ? [value] : []))
}
