import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Resolve } from './registry.ts'

const Answers = z.record(z.string(), z.strictObject({ kind: z.enum(['exists', 'absent']), asked: z.int() }))
type Answers = z.infer<typeof Answers>

const day = 86_400_000
/** What exists goes on to exist; what does not may be registered at any time, and that is when it becomes dangerous. */
const keptMs = { exists: 30 * day, absent: day / 24 } as const

/** The same registries, whose answers are kept in a file. Only a plain yes or no is kept. */
export function rememberRegistries(resolve: Resolve, { file, now = Date.now }: { file: string; now?: () => number }): Resolve {
  const answers = new Map(Object.entries(read(file)))
  return async (ecosystem, name) => {
    const key = `${ecosystem}/${name}`
    const known = answers.get(key)
    if (known !== undefined && now() - known.asked < keptMs[known.kind]) return { kind: known.kind }
    const answer = await resolve(ecosystem, name)
    if (answer.kind !== 'unavailable') {
      answers.set(key, { kind: answer.kind, asked: now() })
      write(file, Object.fromEntries(answers))
    }
    return answer
  }
}

/** A file that cannot be read is one that has yet to be written. */
function read(file: string): Answers {
  try {
    return Answers.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}

function write(file: string, answers: Answers): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(answers))
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    // What cannot be kept is asked again.
  }
}
