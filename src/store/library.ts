import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Digest } from '../records/digest.ts'
import { canonicalJson } from '../records/digest.ts'
import { KeptModule } from '../records/kept-module.ts'
import { storeFailure } from './failure.ts'
import { replaceFile } from './files.ts'

/** Modules that are kept in a store's folder, the most used first; what this version cannot read is left out, and left alone. */
export function keptModules(folder: string): KeptModule[] {
  return namesIn(folder)
    .flatMap((name) => read(join(folder, 'modules', name)) ?? [])
    .sort((a, b) => b.uses - a.uses || a.name.localeCompare(b.name, 'en') || a.digest.localeCompare(b.digest, 'en'))
}

/** Keeps a module; one that is there already stays as it is. */
export function keepModule(folder: string, module: KeptModule): void {
  if (read(pathOf(folder, module.digest)) === undefined) write(folder, module)
}

export function countUse(folder: string, digest: Digest): void {
  const known = read(pathOf(folder, digest))
  if (known !== undefined) write(folder, { ...known, uses: known.uses + 1 })
}

export function forgetModule(folder: string, digest: Digest): void {
  try {
    rmSync(pathOf(folder, digest), { force: true })
  } catch (error) {
    throw storeFailure(error, folder)
  }
}

function write(folder: string, module: KeptModule): void {
  try {
    replaceFile(pathOf(folder, module.digest), canonicalJson(module))
  } catch (error) {
    throw storeFailure(error, folder)
  }
}

function pathOf(folder: string, digest: Digest): string {
  return join(folder, 'modules', `${digest.slice('sha256:'.length)}.json`)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(join(folder, 'modules')).filter((name) => name.endsWith('.json')).sort()
  } catch {
    // Nothing has been kept yet.
    return []
  }
}

function read(path: string): KeptModule | undefined {
  try {
    return KeptModule.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}
