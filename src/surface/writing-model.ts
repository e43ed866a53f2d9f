import { CountersignError } from '../errors.ts'
import { type Chosen, chooseModel, type Configuration, type Model, type ModelSettings, type ModelsFound, nextBest, openModel, parseModel } from '../index.ts'
import { keysAtHand, modelFilesIn, programsAtHand, serversAtHand } from './at-hand.ts'
import { type ConfigurationInForce, placeOf } from './configuration.ts'
import { trustedModel } from './model-choice.ts'

// Nobody should wait for servers that are not there.
const searchMs = 150

/** Which model writes where a command names none or one, and why. Nothing is looked for once one is named. */
export async function chooseWriter(inForce: ConfigurationInForce): Promise<Chosen> {
  const { model, models } = inForce.configuration
  if (model !== '') return chooseModel({ named: { model, place: placeOf(inForce.origins.get('model')) }, servers: [], files: [], folder: models.folder })
  return chooseModel(await search(models.folder))
}

/** Opens that model. One that cannot be opened is an error, which names the next best: no other model is put in its place. */
export async function openWriter(inForce: ConfigurationInForce): Promise<{ coder: Model; settings: ModelSettings; chosen: Chosen }> {
  const chosen = await chooseWriter(inForce)
  const settings = chosen.because === 'named' ? trustedModel(inForce) : foundModel(chosen.model)
  const coder = await orNextBest(settings, inForce.configuration, async () => await openModel(settings, process.env))
  return { coder, settings, chosen }
}

/** Does what needs a model of this machine; where that cannot be done, the error names the next best model. */
export async function orNextBest<Result>(settings: ModelSettings, { models }: Configuration, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CountersignError) || !isOfThisMachine(settings) || !ofTheModel.has(error.code)) throw error
    const not = asNamed(settings)
    const found = await search(models.folder)
    // Whatever keeps one model file from running keeps all of them from it, and a server that failed once is no good advice.
    const usable = { ...found, files: isRuntime(error) ? [] : found.files, servers: found.servers.filter(({ url }) => !not.startsWith(`${url}#`)) }
    const keys = keysAtHand().map(({ model }) => model)
    const next = nextBest(usable, { not: isRuntime(error) ? 'embedded' : not, keys, programs: programsAtHand() })
    throw new CountersignError(error.code, `${error.message}; ${next}`, { cause: error })
  }
}

const ofTheModel = new Set(['CONFIGURATION_INVALID', 'EVIDENCE_BROKEN', 'MODEL_UNREACHABLE', 'MODEL_REFUSED', 'MODEL_REPLY_INVALID', 'CONTEXT_EXCEEDED'])

function isOfThisMachine(settings: ModelSettings): boolean {
  if (settings.driver !== 'openai-compatible') return settings.driver === 'embedded' || settings.driver === 'llama'
  return ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(settings.url).hostname)
}

function asNamed(settings: ModelSettings): string {
  if (settings.driver === 'openai-compatible') return `${settings.url}#${settings.model}`
  return settings.driver === 'llama' ? `llama:${settings.path}` : settings.driver
}

function isRuntime({ message }: CountersignError): boolean {
  return message.includes('node-llama-cpp')
}

async function search(folder: string): Promise<ModelsFound> {
  const servers = await serversAtHand({ timeoutMs: searchMs })
  const files = modelFilesIn(folder).sort((one, other) => other.changedMs - one.changedMs)
  return { servers, files, folder }
}

/** A model that nobody named gets no key: whoever listens on a port of this machine may not be who one thinks. */
function foundModel(model: string): ModelSettings {
  const settings = parseModel(model)
  if (settings.driver !== 'openai-compatible') return settings
  const { keyVariable: _, ...keyless } = settings
  return keyless
}
