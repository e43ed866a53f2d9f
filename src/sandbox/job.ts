import { resolve } from 'node:path'
import { z } from 'zod'
import { CountersignError } from '../errors.ts'
import type { Job } from '../ports.ts'
import { ChangedFile } from '../records/candidate.ts'
import type { Raised, Run, RunOutcome } from '../records/execution.ts'
import { Language } from '../records/language.ts'
import { Call } from '../records/test.ts'

const ReadJob = z.strictObject({
  language: Language,
  files: z.array(ChangedFile).min(1),
  project: z
    .string()
    .min(1)
    .transform((folder) => resolve(folder))
    .exactOptional(),
  work: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('calls'), calls: z.array(Call) }),
    z.strictObject({ kind: z.literal('script'), stdin: z.string(), arguments: z.array(z.string()) }),
    z.strictObject({ kind: z.literal('in-process'), code: z.string() }),
    z.strictObject({ kind: z.literal('command'), command: z.array(z.string()).min(1) }),
  ]),
})
type ReadJob = z.infer<typeof ReadJob>

/** The job, if it is one and its language is offered: what a driver builds a command line or a file from must not be taken on trust. */
export function readJob(job: Job, languages: readonly Language[]): ReadJob {
  const { data, error } = ReadJob.safeParse(job)
  if (data === undefined) throw new CountersignError('INPUT_INVALID', `a sandbox's job is invalid: ${z.prettifyError(error)}`)
  if (languages.includes(data.language)) return data
  throw new CountersignError('LANGUAGE_UNSUPPORTED', `this sandbox runs ${languages.join(', ')}, not ${data.language}`)
}

/** What is known of a program that was never started, because it cannot be read or because nothing here can do this work. */
export function withoutRun(job: Job, { outcome, error }: { outcome: RunOutcome; error?: Raised }): Run {
  return {
    outcome,
    ...(error && { error }),
    observations: job.work.kind === 'calls' ? job.work.calls.map(() => ({ kind: 'not-run' })) : [],
    stdout: '',
    stderr: '',
    exitCode: null,
    usage: { cpuMs: 0, wallMs: 0, peakMemoryBytes: null },
  }
}
