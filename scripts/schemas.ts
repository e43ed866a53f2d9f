// Writes docs/reference/records/NAME.json: the JSON schema of each public record.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { LoopReport } from '../src/benchmark/loop/report.ts'
import { BenchReport } from '../src/benchmark/report.ts'
import { Configuration } from '../src/config.ts'
import { Ablation } from '../src/records/ablation.ts'
import { Baseline } from '../src/records/baseline.ts'
import { Candidate } from '../src/records/candidate.ts'
import { Capability } from '../src/records/capability.ts'
import { Execution, Run } from '../src/records/execution.ts'
import { Finding, Scan } from '../src/records/finding.ts'
import { KeptModule } from '../src/records/kept-module.ts'
import { Module, ModuleClustering, Representative } from '../src/records/module.ts'
import { Plan } from '../src/records/plan.ts'
import { Revision } from '../src/records/revision.ts'
import { Round } from '../src/records/round.ts'
import { ScanReport } from '../src/records/scan-report.ts'
import { Score } from '../src/records/score.ts'
import { Screening } from '../src/records/screening.ts'
import { ListedStrategy, StrategyFile } from '../src/records/strategy.ts'
import { Task } from '../src/records/task.ts'
import { Test } from '../src/records/test.ts'
import { PreferencePair, VerifiedSolution } from '../src/records/training.ts'
import { Value } from '../src/records/value.ts'
import { Verdict } from '../src/records/verdict.ts'
import { RecordedRun } from '../src/store/recorded-run.ts'

const folder = resolve(import.meta.dirname, '../docs/reference/records')
const records = {
  ablation: Ablation,
  baseline: Baseline,
  'bench-report': BenchReport,
  candidate: Candidate,
  capability: Capability,
  configuration: Configuration,
  execution: Execution,
  finding: Finding,
  'kept-module': KeptModule,
  'loop-report': LoopReport,
  module: Module,
  'module-clustering': ModuleClustering,
  plan: Plan,
  'preference-pair': PreferencePair,
  'recorded-run': RecordedRun,
  representative: Representative,
  revision: Revision,
  round: Round,
  run: Run,
  scan: Scan,
  'scan-report': ScanReport,
  score: Score,
  screening: Screening,
  'listed-strategy': ListedStrategy,
  strategy: StrategyFile,
  task: Task,
  test: Test,
  value: Value,
  verdict: Verdict,
  'verified-solution': VerifiedSolution,
}

/** The text of each schema file, by file name. */
export function schemaFiles(): Map<string, string> {
  return new Map(
    Object.entries(records).map(([name, record]) => {
      const schema = { title: name, ...(name === 'configuration' ? forEditors(z.toJSONSchema(Configuration)) : z.toJSONSchema(record)) }
      return [`${name}.json`, `${JSON.stringify(schema, null, 2)}\n`]
    }),
  )
}

/** A `countersign.json` names only what it changes and may name its schema. */
function forEditors(schema: z.core.JSONSchema.BaseSchema): object {
  const optional = JSON.stringify({ ...schema, properties: { $schema: { type: 'string' }, ...schema.properties } }, (key, value: unknown) => (key === 'required' ? undefined : value))
  return JSON.parse(optional) as object
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
