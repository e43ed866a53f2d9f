import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import { CountersignError } from '../../errors.ts'
import { Unit } from './unit.ts'

/** Units that are kept as they are measured, one JSON line each, so that what was interrupted goes on where it stopped. */
export class ResultsFile {
  readonly #path: string
  readonly units: readonly Unit[]
  readonly #kept: Set<string>

  constructor(path: string) {
    this.#path = path
    this.units = existsSync(path) ? linesOf(path) : []
    this.#kept = new Set(this.units.map(({ key }) => key))
    // Before anything is measured: what cannot be kept is better known now.
    this.#write('')
  }

  add(unit: Unit): void {
    if (this.#kept.has(unit.key)) return
    this.#kept.add(unit.key)
    this.#write(`${JSON.stringify(unit)}\n`)
  }

  #write(text: string): void {
    try {
      appendFileSync(this.#path, text)
    } catch (cause) {
      throw new CountersignError('INPUT_INVALID', `the results ${this.#path} cannot be kept: ${cause instanceof Error ? cause.message : cause}`, { cause })
    }
  }
}

/** A last line that was cut short is taken away and measured again; any other one that is not ours is an error, for it may be somebody's file. */
function linesOf(path: string): Unit[] {
  const text = textOf(path)
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const units = whole.split('\n').flatMap((line, at) => {
    if (line === '') return []
    const unit = Unit.safeParse(parsed(line))
    if (unit.success) return [unit.data]
    throw new CountersignError('INPUT_INVALID', `${path}: line ${at + 1} is no result of bench loop: ${unit.error.issues[0]?.message}`)
  })
  if (whole.length < text.length) {
    if (units.length === 0) throw new CountersignError('INPUT_INVALID', `${path} holds no results of bench loop`)
    truncateSync(path, Buffer.byteLength(whole))
  }
  return units
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `the results ${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
