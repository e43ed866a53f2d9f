import { readFileSync } from 'node:fs'
import { CountersignError } from '../../errors.ts'

/** Text from a file; `-` is standard input. */
export function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path === '-' ? 0 : path))
  } catch (cause) {
    const what = cause instanceof TypeError ? 'is not text in UTF-8' : `cannot be read: ${cause instanceof Error ? cause.message : cause}`
    throw new CountersignError('INPUT_INVALID', `${path === '-' ? 'standard input' : path} ${what}`, { cause })
  }
}
