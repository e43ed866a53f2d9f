import { CountersignError } from '../../errors.ts'
import { keyedModels, knownCapabilities, llamaRelease } from '../../index.ts'
import type { ConfigurationInForce } from '../configuration.ts'
import { openWriter } from '../writing-model.ts'
import type { Finding } from './doctor-finding.ts'
import { chosen } from './models-list.ts'

/** What there is to write and score with. Programs can be chosen without any of it. */
export async function modelFindings(inForce: ConfigurationInForce): Promise<Finding[]> {
  return [await model(inForce), keys(), await llama()]
}

async function model(inForce: ConfigurationInForce): Promise<Finding> {
  const { chosen: found } = await chosen(inForce, knownCapabilities(inForce.configuration.store.folder))
  const name = 'model'
  if (found === undefined) return await unnamed(inForce)
  const place = `${found.model} (${found.from})`
  if (found.problem !== undefined) return { name, state: 'broken', detail: `${place}: ${found.problem}` }
  if (found.tier === undefined) return { name, state: 'ok', detail: `${place}, not probed yet: countersign probe says what it can give` }
  return { name, state: 'ok', detail: `${place}, ${found.tier}, as it was probed` }
}

/** What generate takes where no model is named. */
async function unnamed(inForce: ConfigurationInForce): Promise<Finding> {
  const name = 'model'
  try {
    const { coder, chosen } = await openWriter(inForce)
    await coder.close()
    return { name, state: 'ok', detail: `${coder.driver}/${coder.name} (${chosen.detail}); countersign models use MODEL names one` }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    return { name, state: 'missing', detail: error.message, cost: 'programs are chosen, not written' }
  }
}

function keys(): Finding {
  const set = keyedModels().filter(({ variable }) => (process.env[variable] ?? '').trim() !== '')
  if (set.length > 0) return { name: 'keys', state: 'ok', detail: set.map(({ variable }) => variable).join(', ') }
  const known = keyedModels().map(({ variable }) => variable)
  return { name: 'keys', state: 'missing', detail: 'none in the environment', cost: `hosted models need one of ${known.join(', ')}` }
}

async function llama(): Promise<Finding> {
  const name = 'node-llama-cpp'
  try {
    return { name, state: 'ok', detail: `llama.cpp ${await llamaRelease()} starts` }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    return { name, state: 'missing', detail: error.message, cost: 'models in GGUF files need a server of their own' }
  }
}
