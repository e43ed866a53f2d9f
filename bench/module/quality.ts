import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cluster } from '../../src/behavior/cluster.ts'
import { readPool } from '../../src/benchmark/pool.ts'
import { readVerdicts } from '../../src/benchmark/verdicts.ts'
import { contentDigest } from '../../src/records/candidate.ts'
import type { Evidence } from '../../src/records/evidence.ts'
import type { Language } from '../../src/records/language.ts'
import { canonicalForm, canonicalProgram } from '../../src/syntax/canonical.ts'
import { parse } from '../../src/syntax/tree.ts'

/** A program without comments and under a masked name; programs of one task with equal `outcome` behave alike, and nothing is known of two without. */
export interface Program {
  language: Language
  code: string
  /** Its tokens, one space between. */
  words: string
  outcome: string | undefined
}

/** The distinct programs of each task that parse. Outcomes: behaviour clusters where there is evidence, else those that pass, which failing ones are unlike. */
export function programsOf(pool: string, { data, evidence }: { data: string; evidence: string | undefined }): Program[][] | undefined {
  const recorded = evidence === undefined ? '' : join(evidence, `${pool}.json`)
  if (existsSync(recorded)) return (JSON.parse(readFileSync(recorded, 'utf8')) as Evidence[]).map(byBehavior)
  const path = join(data, 'pools', `${pool}.pool.jsonl.gz`)
  return existsSync(path) ? byVerdict(path) : undefined
}

function byBehavior(evidence: Evidence): Program[] {
  const candidates = new Map(evidence.candidates.map((candidate) => [contentDigest(candidate), candidate]))
  const { language, entryPoint } = evidence.task
  return distinct(
    cluster(evidence).behaviors.map(({ candidate, cluster: position }) => plain(candidates.get(candidate)!.files[0]!.content, { language, entryPoint, outcome: String(position) })),
  )
}

function byVerdict(path: string): Program[][] {
  const { tasks } = readPool(path)
  const verdicts = readVerdicts(path.replace('.pool.', '.verdicts.'), tasks.map(({ task, candidates }) => ({ id: task.id, candidates: candidates.length })))
  return tasks.map(({ task: { language, entryPoint }, candidates }, i) =>
    distinct(candidates.map(({ code }, j) => plain(code, { language, entryPoint, outcome: verdicts[i]!.functional[j] === true ? 'passes' : undefined }))),
  )
}

function plain(text: string, { language, entryPoint, outcome }: { language: Language; entryPoint: string | undefined; outcome: string | undefined }): Program | undefined {
  const parsed = parse(language, text)
  if (parsed.kind !== 'parsed' || parsed.errors > 0) return undefined
  const code = canonicalProgram(language, text, parsed.root, { keepOutput: true, ...(entryPoint === undefined ? {} : { rename: { from: entryPoint, to: 'f' } }) })
  const again = parse(language, code)
  return again.kind === 'parsed' ? { language, code, words: canonicalForm(language, code, again.root, { keepOutput: true }), outcome } : undefined
}

function distinct(programs: readonly (Program | undefined)[]): Program[] {
  return [...new Map(programs.flatMap((program) => (program === undefined ? [] : [[program.words, program] as const]))).values()]
}

/** `areas`: how often a pair of a task that behaves alike is nearer than one that does not, where it has both. `neighbour`: how often the nearest program is of the same task. */
export interface Quality {
  areas: (number | undefined)[]
  neighbour: number
}

export function qualityOf(tasks: readonly Program[][], likenessOf: (row: number) => Float64Array): Quality {
  const owners = tasks.flatMap((programs, task) => programs.map(({ outcome }) => ({ task, outcome })))
  const alike: number[][] = tasks.map(() => [])
  const unlike: number[][] = tasks.map(() => [])
  let neighbours = 0
  for (const [i, { task, outcome }] of owners.entries()) {
    const likeness = likenessOf(i)
    let nearest = -1
    for (const [j, other] of owners.entries()) {
      if (i !== j && (nearest === -1 || likeness[j]! > likeness[nearest]!)) nearest = j
      if (j < i && other.task === task && (outcome ?? other.outcome) !== undefined) (other.outcome === outcome ? alike : unlike)[task]!.push(likeness[j]!)
    }
    if (owners[nearest]?.task === task) neighbours++
  }
  return { areas: tasks.map((_, task) => areaUnderCurve(alike[task]!, unlike[task]!)), neighbour: neighbours / owners.length }
}

/** Mann and Whitney's U as a share; equal values count half. */
function areaUnderCurve(above: readonly number[], below: readonly number[]): number | undefined {
  if (above.length === 0 || below.length === 0) return undefined
  const all = [...above.map((value) => ({ value, isAbove: true })), ...below.map((value) => ({ value, isAbove: false }))].sort((a, b) => a.value - b.value)
  let ranks = 0
  for (let i = 0, end = 0; i < all.length; i = end) {
    while (end < all.length && all[end]!.value === all[i]!.value) end++
    ranks += all.slice(i, end).filter(({ isAbove }) => isAbove).length * ((i + 1 + end) / 2)
  }
  return (ranks - (above.length * (above.length + 1)) / 2) / (above.length * below.length)
}

/** The products of each vector with every other. */
export function byVectors(vectors: readonly number[][]): (row: number) => Float64Array {
  const rows = vectors.map((vector) => Float64Array.from(vector))
  return (row) => Float64Array.from(rows, (other) => product(rows[row]!, other))
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
