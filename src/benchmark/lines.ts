import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { z } from 'zod'
import { CountersignError } from '../errors.ts'

const mostBytes = 2 ** 30

/** Reads JSON lines, gzipped or not, each of which must be a `type`; the first one that is not is named by its number. */
export function readLines<T>(path: string, type: z.ZodType<T>): T[] {
  return readText(path)
    .split('\n')
    .map((text, index) => ({ text, number: index + 1 }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, number }) => {
      const parsed = type.safeParse(parseLine(text, `${path}: line ${number}`))
      if (parsed.success) return parsed.data
      const issue = parsed.error.issues[0]
      throw new CountersignError('INPUT_INVALID', `${path}: line ${number}: ${issue?.path.join('.')}: ${issue?.message}`)
    })
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path)
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b
    return (zipped ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes).toString('utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function parseLine(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `${where} is not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
