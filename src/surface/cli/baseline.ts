import { writeFileSync } from 'node:fs'
import { CountersignError } from '../../errors.ts'
import { baselineOf } from '../../index.ts'
import { Baseline } from '../../records/baseline.ts'
import type { Finding } from '../../records/finding.ts'
import { readText } from './input.ts'

/** The baseline in a file; one that cannot be read, or is none, is an error: with none at all every finding would be new, with a broken one nobody knows. */
export function readBaseline(path: string): Baseline {
  const baseline = Baseline.safeParse(parseJson(path))
  if (baseline.success) return baseline.data
  const [issue] = baseline.error.issues
  throw new CountersignError('INPUT_INVALID', `${path} is no baseline: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}; --write-baseline writes one`)
}

export function writeBaseline(path: string, findings: readonly Finding[]): void {
  try {
    writeFileSync(path, `${JSON.stringify(baselineOf(findings), null, 2)}\n`)
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `${path} cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readText(path))
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause
    throw new CountersignError('INPUT_INVALID', `${path} is no baseline: it is not JSON`, { cause })
  }
}
