import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { CountersignError } from '../errors.ts'
import type { Model } from '../ports.ts'
import { type Exchange, RecordingLine, type Recording } from '../records/recording.ts'

/** A file of what models were asked and answered, JSON lines. What was written is there whatever happens next. */
export class RecordingFile {
  readonly #path: string

  /** Starts the file anew. */
  constructor(path: string) {
    this.#path = path
    this.#write(() => writeFileSync(path, '', { mode: 0o600 }))
  }

  addModel({ driver, name, prompts, scorers, domain, takesTools }: Pick<Model, 'driver' | 'name' | 'prompts' | 'scorers' | 'domain' | 'takesTools'>): void {
    this.#append({ kind: 'model', driver, name, prompts: [...prompts], scorers: [...scorers], ...(domain && { domain }), ...(takesTools && { takesTools }) })
  }

  addExchange(exchange: Exchange): void {
    this.#append({ kind: 'exchange', exchange })
  }

  #append(line: RecordingLine): void {
    this.#write(() => appendFileSync(this.#path, `${JSON.stringify(line)}\n`))
  }

  #write(work: () => void): void {
    try {
      work()
    } catch (cause) {
      throw new CountersignError('STORE_UNAVAILABLE', `the recording ${this.#path} cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause })
    }
  }
}

/** The recordings in a file, in the order in which their models were added; a model that was added twice has one recording in both places. */
export function readRecordings(path: string): Recording[] {
  const recordings = new Map<string, Recording>()
  const order: Recording[] = []
  for (const [at, line] of textOf(path).split('\n').entries()) {
    if (line.trim() === '') continue
    const read = RecordingLine.safeParse(parsed(line))
    if (!read.success) throw broken(path, at, 'is not a line of a recording')
    if (read.data.kind === 'model') {
      const { kind: _, ...model } = read.data
      const name = `${model.driver}/${model.name}`
      const recording = recordings.get(name) ?? { ...model, exchanges: [] }
      recordings.set(name, recording)
      order.push(recording)
      continue
    }
    const { exchange } = read.data
    const recording = recordings.get(exchange.model)
    if (recording === undefined) throw broken(path, at, `is of ${exchange.model}, which the file does not name before`)
    recording.exchanges.push(exchange)
  }
  if (order.length === 0) throw new CountersignError('INPUT_INVALID', `${path} holds no recording`)
  return order
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `the recording ${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function broken(path: string, at: number, what: string): CountersignError {
  return new CountersignError('EVIDENCE_BROKEN', `${path}: line ${at + 1} ${what}`)
}
