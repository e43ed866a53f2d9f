import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { keyedModels, knownPrograms, servedModels } from '../index.ts'

/** Where the common servers of models listen on this machine unless they are told otherwise; preferred first. */
const localServers = [
  { server: 'Ollama', url: 'http://127.0.0.1:11434/v1' },
  { server: 'llama-server', url: 'http://127.0.0.1:8080/v1' },
  { server: 'LM Studio', url: 'http://127.0.0.1:1234/v1' },
  { server: 'vLLM or llama-cpp-python', url: 'http://127.0.0.1:8000/v1' },
  { server: 'SGLang', url: 'http://127.0.0.1:30000/v1' },
]

export interface ServedModels {
  server: string
  url: string
  models: string[]
}

/** The servers that answer within the time, all asked at once. */
export async function serversAtHand({ timeoutMs }: { timeoutMs: number }): Promise<ServedModels[]> {
  const asked = await Promise.all(
    localServers.map(async ({ server, url }) => ({ server, url, models: (await servedModels(url, { signal: AbortSignal.timeout(timeoutMs) })) ?? [] })),
  )
  return asked.filter(({ models }) => models.length > 0)
}

export interface ModelFile {
  name: string
  path: string
  bytes: number
  changedMs: number
}

/** The model files in a folder, by name. */
export function modelFilesIn(folder: string): ModelFile[] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.gguf'))
    .flatMap((name) => {
      const path = join(folder, name)
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat?.isFile() === true ? [{ name, path, bytes: stat.size, changedMs: stat.mtimeMs }] : []
    })
}

/** Hosted models whose key is in the environment, by the name of the variable. */
export function keysAtHand(): ReturnType<typeof keyedModels> {
  return keyedModels().filter(({ variable }) => (process.env[variable] ?? '').trim() !== '')
}

/** Known programs that are on the path, each as `--model` takes it. */
export function programsAtHand(): string[] {
  return knownPrograms.filter(isOnPath).map((name) => `command:${name}`)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    // Nothing has been fetched yet.
    return []
  }
}

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program]
  return folders.some((folder) => names.some((name) => isExecutable(join(folder, name))))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
