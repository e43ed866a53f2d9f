import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Where the recorded data lies, beside the project. It is no part of the product. */
export const dataFolder = resolve(import.meta.dirname, '../../../shared/data')

export interface Pair {
  readonly id: string
  readonly language: string
  readonly cwe: string
  readonly vulnerable: string
  readonly fixed?: string
  readonly line?: string
}

export interface Pool {
  readonly task: { readonly id: string; readonly group?: string; readonly language: string }
  readonly candidates: readonly { readonly id: string; readonly code: string }[]
}

export interface Verdicts {
  readonly functional: readonly (boolean | null)[]
  readonly secure?: readonly (boolean | null)[]
}

export const readPairs = (name: string) => read(`pairs/${name}`) as Pair[] | undefined
export const readPool = (name: string) => read(`pools/${name}.pool`) as Pool[] | undefined
export const readVerdicts = (name: string) => read(`pools/${name}.verdicts`) as Verdicts[] | undefined

/** The records of a data file, or undefined where the data is not here. */
function read(name: string): unknown[] | undefined {
  const folder = process.argv.find((argument) => argument.startsWith('--data='))?.slice(7) ?? dataFolder
  const path = resolve(folder, `${name}.jsonl.gz`)
  // countersign-ignore javascript/path-traversal: the developer who measures names the folder
  if (!existsSync(path)) return undefined
  // countersign-ignore javascript/path-traversal: the developer who measures names the folder
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n')
  return lines.map((line): unknown => JSON.parse(line))
}
