import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CountersignError } from '../../errors.ts'
import type { Candidate } from '../../records/candidate.ts'
import type { Verdict } from '../../records/verdict.ts'
import type { Output } from './output.ts'

/** How an answer is asked for. */
export interface DeliveryOptions {
  bestEffort?: boolean
  output?: string
  json?: boolean
  ndjson?: boolean
}

/** The answer, wherever it was asked for. An abstention prints nothing unless the best effort was asked for. */
export function deliver(verdict: Verdict, candidates: readonly Candidate[], { output, options }: { output: Output; options: DeliveryOptions }): void {
  const { choice } = verdict
  const id = choice.kind === 'chosen' ? choice.id : options.bestEffort === true ? choice.best?.id : undefined
  const program = candidates.find((candidate) => candidate.id === id)
  if (choice.kind === 'abstained' && program !== undefined) output.say(`${output.colors.yellow('best effort only')}  ${program.id} was not good enough to be chosen`)
  if (program !== undefined && options.output !== undefined) writeProgram(program, options.output)
  if (options.json === true) output.document(verdict)
  else if (options.ndjson === true) output.event(verdict)
  else if (program !== undefined && options.output === undefined) printProgram(program, output)
}

function printProgram({ files }: Candidate, output: Output): void {
  output.program(files[0]?.content ?? '')
  if (files.length > 1) output.say(`the change set has ${files.length} files, of which this is the first; -o FOLDER writes them all`)
}

/** One file at `path`; several, or any into a folder that is there, below it. */
function writeProgram({ files }: Candidate, path: string): void {
  const [first] = files
  const below = files.length > 1 || path.endsWith('/') || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  const targets = below ? files.map((file) => ({ path: join(path, file.path), content: file.content })) : [{ path, content: first?.content ?? '' }]
  try {
    for (const target of targets) {
      mkdirSync(dirname(target.path), { recursive: true })
      writeFileSync(target.path, target.content)
    }
  } catch (cause) {
    throw new CountersignError('INPUT_INVALID', `the chosen program cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
