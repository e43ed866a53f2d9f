// Writes docs/reference/records/NAME.json: the JSON schema of each public record.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Candidate } from '../src/records/candidate.ts'
import { Execution, Run } from '../src/records/execution.ts'
import { Finding, Scan } from '../src/records/finding.ts'
import { Score } from '../src/records/score.ts'
import { Task } from '../src/records/task.ts'
import { Test } from '../src/records/test.ts'
import { Value } from '../src/records/value.ts'
import { Verdict } from '../src/records/verdict.ts'

const folder = resolve(import.meta.dirname, '../docs/reference/records')
const records = { candidate: Candidate, execution: Execution, finding: Finding, run: Run, scan: Scan, score: Score, task: Task, test: Test, value: Value, verdict: Verdict }

/** The text of each schema file, by file name. */
export function schemaFiles(): Map<string, string> {
  return new Map(
    Object.entries(records).map(([name, record]) => [`${name}.json`, `${JSON.stringify({ title: name, ...z.toJSONSchema(record) }, null, 2)}\n`]),
  )
}

/** File names whose stored text is absent or differs from what the records say now. */
export function staleSchemas(): string[] {
  return [...schemaFiles()].filter(([name, text]) => read(join(folder, name)) !== text).map(([name]) => name)
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of schemaFiles()) writeFileSync(join(folder, name), text)
}
