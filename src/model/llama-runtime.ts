import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp'
import { CountersignError } from '../errors.ts'
import type { Domain } from '../records/familiarity.ts'

export interface LlamaOptions {
  /** A model in a GGUF file. */
  path: string
  /** Threads of the processor; one is fastest for models below a hundred megabytes or so. */
  threads?: number
  /** Tokens of prompt and answer together; what the model was trained for, but 4096 at most, when absent. */
  contextSize?: number
  /** Samples drawn side by side. */
  sequences?: number
  /** What it was trained for, where that is little. */
  domain?: Domain
  /** Metadata of the file that is to be read differently, as llama.cpp's `--override-kv`. */
  metadata?: Record<string, Record<string, number | boolean | string | Record<string, number | boolean | string>>>
}

/** A model in memory, with places for samples and one for reading. */
export interface LlamaRuntime {
  module: typeof import('node-llama-cpp')
  model: LlamaModel
  context: LlamaContext
  sampling: LlamaContextSequence[]
  reading: LlamaContextSequence
  threads: { threads?: number }
  name: string
  path: string
  close: () => Promise<void>
}

const noStart = 'llama.cpp does not start on this machine (its binary is an optional package of node-llama-cpp)'
const largestContext = 4096
const smallModelBytes = 200 * 2 ** 20

/** Loads a model file into this process. Nothing is built or downloaded: the package brings its binary. */
export async function loadLlama(options: LlamaOptions): Promise<LlamaRuntime> {
  const module = await importModule()
  const { path, sequences = 5, metadata } = options
  const bytes = statSync(path, { throwIfNoEntry: false })?.size
  if (bytes === undefined) throw new CountersignError('CONFIGURATION_INVALID', `there is no model file ${path}`)
  const llama = await broken(
    module.getLlama({
      // Looking for a graphics card takes longer than a small model does.
      gpu: bytes < smallModelBytes ? false : 'auto',
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logLevel: module.LlamaLogLevel.error,
    }),
    noStart,
  )
  try {
    const model = await broken(
      llama.loadModel({ modelPath: path, ...(metadata === undefined ? {} : { metadataOverrides: metadata }) }),
      `${path} is no model that llama.cpp can load`,
    )
    const contextSize = Math.min(options.contextSize ?? largestContext, model.trainContextSize)
    const threads = threadsOf(options.threads ?? (bytes < smallModelBytes ? 1 : undefined))
    const shape = { sequences: sequences + 1, contextSize, ...threads }
    const context = await broken(
      model.createContext(shape),
      `there is not enough memory for ${sequences} contexts of ${contextSize} tokens: ask for fewer or smaller ones`,
    )
    const places = Array.from({ length: sequences + 1 }, () => context.getSequence())
    return {
      module,
      model,
      context,
      sampling: places.slice(1),
      reading: places[0]!,
      threads,
      name: basename(path, '.gguf'),
      path,
      close: async () => await llama.dispose(),
    }
  } catch (error) {
    await llama.dispose()
    throw error
  }
}

/** Starts llama.cpp and ends it again; gives its release. Throws where the package is absent, or has no binary for this machine. */
export async function llamaRelease(): Promise<string> {
  const module = await importModule()
  const quiet = { progressLogs: false, logLevel: module.LlamaLogLevel.error }
  const llama = await broken(module.getLlama({ gpu: false, build: 'never', skipDownload: true, ...quiet }), noStart)
  try {
    return llama.llamaCppRelease.release
  } finally {
    await llama.dispose()
  }
}

function threadsOf(threads: number | undefined): { threads?: number } {
  return threads === undefined ? {} : { threads }
}

async function importModule(): Promise<typeof import('node-llama-cpp')> {
  try {
    return await import('node-llama-cpp')
  } catch (cause) {
    throw new CountersignError(
      'CONFIGURATION_INVALID',
      'models in this process need the package node-llama-cpp: npm install node-llama-cpp',
      { cause },
    )
  }
}

async function broken<Value>(work: Promise<Value>, what: string): Promise<Value> {
  try {
    return await work
  } catch (cause) {
    throw new CountersignError('MODEL_UNREACHABLE', `${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** SHA-256 of the file that the model is in. */
export async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash)
  return `sha256:${hash.digest('hex')}`
}
