import { statSync } from 'node:fs'
import { CountersignError } from '../../errors.ts'
import { type ForeignScan, readSarif, together } from '../../index.ts'
import { readText } from './input.ts'

/** A larger log is no log of one workspace. */
const limitBytes = 200_000_000

/** What the logs of other tools say of the workspace at `root`. A file that is no SARIF 2.1.0 is an error: nobody knows what it would have said. */
export async function readSarifFiles(paths: readonly string[], root: string): Promise<ForeignScan> {
  return together(await Promise.all(paths.map((path) => readFile(path, root))))
}

async function readFile(path: string, root: string): Promise<ForeignScan> {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isDirectory() === true) throw new CountersignError('INPUT_INVALID', `--sarif takes files, and ${path} is a folder; give what is to be scanned before --sarif`)
  if (stats !== undefined && stats.size > limitBytes) throw new CountersignError('INPUT_INVALID', `${path} is too large: ${stats.size} bytes beyond ${limitBytes}`)
  const scan = await readSarif(readText(path), { root, folder: process.cwd() }, path)
  if (scan === undefined) throw new CountersignError('INPUT_INVALID', `${path} is no SARIF 2.1.0`)
  return scan
}
