import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Capability } from '../records/capability.ts'
import { canonicalJson, digestRecord } from '../records/digest.ts'
import { storeFailure } from './failure.ts'
import { replaceFile } from './files.ts'

/** Keeps what a probe found in the store's folder, in the place of what an earlier one found about the same model in the same place. */
export function keepCapability(folder: string, capability: Capability): void {
  const { model, versions } = capability
  const name = digestRecord({ model, endpoint: versions['endpoint'] ?? null, fields: versions['fields'] ?? null }).slice('sha256:'.length)
  try {
    replaceFile(join(folder, 'capabilities', `${name}.json`), canonicalJson(capability))
  } catch (error) {
    throw storeFailure(error, folder)
  }
}

/** What earlier probes found. What this version cannot read is as good as never found: it is only asked again. */
export function knownCapabilities(folder: string): Capability[] {
  return namesIn(join(folder, 'capabilities')).flatMap((name) => {
    const parsed = Capability.safeParse(read(join(folder, 'capabilities', name)))
    return parsed.success ? [parsed.data] : []
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch {
    return []
  }
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
