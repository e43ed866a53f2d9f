import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CountersignError } from '../errors.ts'

/** Where Deno's program and Pyodide's folder lie, from npm: the platform's own package, since no install script ever ran. */
export interface DenoRuntime {
  deno: string
  /** Absent where the optional folder is missing: then there is no Python on this driver. */
  pyodide: string | undefined
  /** Names the versions, for what is kept between runs. */
  version: string
}

export function findDenoRuntime(): DenoRuntime {
  const require = createRequire(import.meta.url)
  const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`
  const anchor = folderOf(require, 'deno')
  const folder = anchor && folderOf(createRequire(join(anchor, 'package.json')), `@deno/${platform}`)
  const deno = folder && join(folder, process.platform === 'win32' ? 'deno.exe' : 'deno')
  if (deno === undefined || !existsSync(deno)) {
    throw new CountersignError('SANDBOX_UNAVAILABLE', `Deno's program for ${platform} is missing; npm install (with optional dependencies) brings it`)
  }
  const pyodide = folderOf(require, 'pyodide')
  const version = [anchor, pyodide].map((path) => (path === undefined ? 'none' : versionOf(require, path))).join('-')
  return { deno, pyodide, version }
}

function folderOf(require: NodeJS.Require, name: string): string | undefined {
  const folders = require.resolve.paths(name)?.map((folder) => join(folder, name)) ?? []
  // countersign-ignore javascript/path-traversal: the two names are constants
  return folders.find((folder) => existsSync(join(folder, 'package.json')))
}

function versionOf(require: NodeJS.Require, folder: string): string {
  return (require(join(folder, 'package.json')) as { version: string }).version
}
