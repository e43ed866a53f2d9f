import { z } from 'zod'
import { Configuration } from '../config.ts'
import { CountersignError } from '../errors.ts'
import { Candidate } from '../records/candidate.ts'
import { Capability } from '../records/capability.ts'
import { Dialogue } from '../records/critique.ts'
import { Distinction } from '../records/distinction.ts'
import { Drawing, TestWriting } from '../records/drawing.ts'
import { Confinement, Execution } from '../records/execution.ts'
import { Familiarity } from '../records/familiarity.ts'
import { CandidateScan } from '../records/finding.ts'
import { GeneratedInput } from '../records/input.ts'
import { KeptModule } from '../records/kept-module.ts'
import { Likelihood } from '../records/likelihood.ts'
import { Look } from '../records/look.ts'
import { ModelChoice } from '../records/model-choice.ts'
import { Module, ModuleClustering, Representative } from '../records/module.ts'
import { Plan } from '../records/plan.ts'
import { Prompt } from '../records/prompt.ts'
import { Exchange } from '../records/recording.ts'
import { Revision } from '../records/revision.ts'
import { Round, RoundsEnd } from '../records/round.ts'
import { Repair } from '../records/repair.ts'
import { Screening } from '../records/screening.ts'
import { Spend, TokensSpent } from '../records/spend.ts'
import { Task } from '../records/task.ts'
import { Digest } from '../records/digest.ts'
import { Verdict } from '../records/verdict.ts'
import { type BrokenRecord, RunSummary, type Store, type StoredRecord } from './store.ts'

/** One record as it was made: which kind, and when where that is known. */
export const RunStep = z.strictObject({ kind: z.string(), digest: Digest, /** Milliseconds after the start of the run. */ afterMs: z.int().min(0).exactOptional() })
export type RunStep = z.infer<typeof RunStep>

/** Everything that is kept of a run. A run that was cut short holds what it had come to. */
export const RecordedRun = z.strictObject({
  ...RunSummary.shape,
  /** Its records in the order in which they were made. */
  steps: z.array(RunStep),
  configuration: Configuration.exactOptional(),
  task: Task.exactOptional(),
  candidates: z.array(Candidate),
  confinement: Confinement.exactOptional(),
  /** A candidate that was proposed again in a later round has its last one here. */
  screenings: z.array(Screening),
  scans: z.array(CandidateScan),
  inputs: z.array(GeneratedInput).exactOptional(),
  /** In the order in which the programs ended. */
  executions: z.array(Execution),
  /** Which model wrote or scored, and why that one. */
  modelChoice: ModelChoice.exactOptional(),
  familiarity: Familiarity.exactOptional(),
  drawing: Drawing.exactOptional(),
  /** What was seen after each batch, as it was seen; the drawing of a run that came so far holds them too. */
  looks: z.array(Look),
  writing: TestWriting.exactOptional(),
  distinctions: z.array(Distinction),
  capability: Capability.exactOptional(),
  likelihoods: z.array(Likelihood),
  /** What programs were asked for with, how they were outlined, and how each came to be. */
  prompts: z.array(Prompt),
  plans: z.array(Plan),
  revisions: z.array(Revision),
  rounds: z.array(Round),
  /** Why there was no further round. */
  roundsEnd: RoundsEnd.exactOptional(),
  modules: z.array(Module),
  clusterings: z.array(ModuleClustering),
  representatives: z.array(Representative),
  /** Sub-modules of other tasks that were offered. */
  keptModules: z.array(KeptModule),
  /** What critics said, and what became of the revisions that followed. */
  dialogues: z.array(Dialogue),
  repairs: z.array(Repair),
  /** What models were asked and answered. */
  exchanges: z.array(Exchange),
  spend: Spend.exactOptional(),
  /** The part of it that the verdict states. */
  spent: TokensSpent.exactOptional(),
  verdict: Verdict.exactOptional(),
})
export type RecordedRun = z.infer<typeof RecordedRun>

/** Where each kind of evidence goes: several of a kind are a list, else there is one. */
const places = new Map<string, { field: keyof RecordedRun; many?: true }>([
  ['configuration', { field: 'configuration' }],
  ['task', { field: 'task' }],
  ['candidate', { field: 'candidates', many: true }],
  ['confinement', { field: 'confinement' }],
  ['screening', { field: 'screenings', many: true }],
  ['scan', { field: 'scans', many: true }],
  ['inputs', { field: 'inputs' }],
  ['execution', { field: 'executions', many: true }],
  ['model-choice', { field: 'modelChoice' }],
  ['familiarity', { field: 'familiarity' }],
  ['drawing', { field: 'drawing' }],
  ['look', { field: 'looks', many: true }],
  ['writing', { field: 'writing' }],
  ['distinction', { field: 'distinctions', many: true }],
  ['capability', { field: 'capability' }],
  ['likelihood', { field: 'likelihoods', many: true }],
  ['prompt', { field: 'prompts', many: true }],
  ['plan', { field: 'plans', many: true }],
  ['revision', { field: 'revisions', many: true }],
  ['round', { field: 'rounds', many: true }],
  ['rounds-end', { field: 'roundsEnd' }],
  ['module', { field: 'modules', many: true }],
  ['clustering', { field: 'clusterings', many: true }],
  ['kept-module', { field: 'keptModules', many: true }],
  ['representative', { field: 'representatives', many: true }],
  ['dialogue', { field: 'dialogues', many: true }],
  ['repair', { field: 'repairs', many: true }],
  ['exchange', { field: 'exchanges', many: true }],
  ['spend', { field: 'spend' }],
  ['spent', { field: 'spent' }],
  ['verdict', { field: 'verdict' }],
])

/** A record of a run that cannot be read any more, or not by this version. */
export interface Illegible {
  kind: string
  digest: Digest
  reason: string
}

/** Reads a run by its id, the start of its id, or `latest`. Records that this version cannot read are broken evidence, not left out. */
export function readRun(store: Store, name: string): RecordedRun {
  const summary = store.find(name)
  const { run, broken } = gathered(summary, store.readEach(summary.id))
  for (const { error } of broken) throw error
  return run
}

/** What can be read of a run, for people to look at and to pass on, and what cannot: where the store lies is nobody else's business. Nothing is to be computed from it. */
export function readLegible(store: Store, name: string): { run: RecordedRun; illegible: Illegible[] } {
  const summary = store.find(name)
  const { run, broken } = gathered(summary, store.readEach(summary.id))
  return { run, illegible: broken.map(({ kind, digest, error }) => ({ kind, digest, reason: store.withoutFolder(error.message) })) }
}

interface Broken {
  kind: string
  digest: Digest
  error: CountersignError
}

function gathered(summary: RunSummary, records: readonly (StoredRecord | BrokenRecord)[]): { run: RecordedRun; broken: Broken[] } {
  const fields = new Map<string, unknown>(Object.entries(summary))
  for (const { field, many } of places.values()) if (many === true) fields.set(field, [])
  const broken: Broken[] = []
  for (const read of records) {
    const { kind, digest } = read
    const error = 'broken' in read ? read.broken : placed(fields, read, summary)
    if (error !== undefined) broken.push({ kind, digest, error })
  }
  for (const field of ['screenings', 'scans', 'executions']) fields.set(field, lastOfEach(fields.get(field)))
  fields.set('steps', records.map(({ kind, digest, afterMs }) => ({ kind, digest, ...(afterMs !== undefined && { afterMs }) })))
  return { run: RecordedRun.parse(Object.fromEntries(fields)), broken }
}

/** Puts a record where its kind belongs, or says why it cannot be read. */
function placed(fields: Map<string, unknown>, { kind, record }: StoredRecord, summary: RunSummary): CountersignError | undefined {
  const place = places.get(kind)
  if (place === undefined) return unreadable(summary, `a piece of evidence of kind ${kind}`)
  const type = RecordedRun.shape[place.field]
  const read = (type instanceof z.ZodArray && place.many === true ? type.element : type).safeParse(record)
  if (!read.success) return unreadable(summary, `${[place.field, ...(read.error.issues[0]?.path ?? [])].join('.')} (${read.error.issues[0]?.message})`)
  const list = fields.get(place.field)
  if (place.many === true && Array.isArray(list)) list.push(record)
  else fields.set(place.field, record)
  return undefined
}

/** A candidate that is looked at again has what was seen last, in the place where it was. */
function lastOfEach(records: unknown): unknown {
  return Array.isArray(records) ? [...new Map(records.map((record: unknown) => [candidateIn(record), record])).values()] : records
}

function candidateIn(record: unknown): unknown {
  return typeof record === 'object' && record !== null && 'candidate' in record ? record.candidate : record
}

function unreadable({ id, versions }: RunSummary, what: string): CountersignError {
  const made = versions['countersign'] === undefined ? 'another version' : `version ${versions['countersign']}`
  return new CountersignError('EVIDENCE_BROKEN', `run ${id} holds ${what}, which this version cannot read; it was made by ${made}: read it with that one`)
}
