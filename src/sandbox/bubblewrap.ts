import { availableParallelism } from 'node:os'
import { CountersignError } from '../errors.ts'
import type { Job, Sandbox } from '../ports.ts'
import type { Confinement, Raised, Run } from '../records/execution.ts'
import type { Language } from '../records/language.ts'
import type { Assignment, Portion } from './assignment.ts'
import { assignCommand, assignJavaScript, assignPython } from './assignment.ts'
import type { Attempt } from './attempt.ts'
import { runAttempts } from './attempt.ts'
import type { Cell } from './cell.ts'
import type { Cells } from './cells.ts'
import { openCells } from './cells.ts'
import { findCommand } from './command.ts'
import { readJob, withoutRun } from './job.ts'
import type { Pool } from './pool.ts'
import type { Project } from './project.ts'
import { proveConfinement } from './proof.ts'
import type { Python } from './python.ts'
import { openTransformer } from './transform.ts'

export interface BubblewrapOptions {
  /** Programs run at once, at most. */
  concurrency?: number
  /** The path of `bwrap`, where it is not one of the usual. */
  program?: string
}

const languages: Language[] = ['python', 'javascript', 'typescript']

/**
 * The sandbox of Linux: containers by bubblewrap, in each a warden that gives every candidate namespaces, limits and a filter of its
 * own. Needs `bwrap`, user namespaces and a system Python of 3.9 or newer; JavaScript runs in Node.
 */
export async function openBubblewrap({ concurrency = availableParallelism(), program }: BubblewrapOptions = {}): Promise<Sandbox> {
  const cells = await openCells({ concurrency, ...(program !== undefined && { program }) })
  await tryOne(cells)
  const transformer = openTransformer()
  let proof: Promise<Confinement> | undefined

  const assign = async (job: Job, project: Project): Promise<Assign | Run> => {
    if (job.work.kind === 'command') {
      const command = findCommand(job.work.command, { project: job.project, python: cells.python })
      if (command === undefined) return withoutRun(job, { outcome: 'unsupported' })
      return (portion) => assignCommand(job, { ...portion, command, packages: project.packages })
    }
    if (job.language === 'python') {
      if (project.otherPython !== undefined) return withoutRun(job, { outcome: 'unsupported', error: otherPython(project.otherPython, cells.python) })
      return (portion) => assignPython(job, { ...portion, packages: project.packages })
    }
    const transformed = await transformer.transformProgram(job)
    if (transformed.kind === 'raised') return withoutRun(job, { outcome: 'raised', error: transformed.error })
    return (portion) => assignJavaScript(job, { ...portion, files: transformed.files })
  }
  const run: Sandbox['run'] = async (given, { limits, signal }) => {
    const job = readJob(given, languages)
    const { pool, project } = cells.of(job.project)
    const assigned = await assign(job, project)
    if (typeof assigned !== 'function') return assigned
    const start = (first: number, wallMs: number) => attemptTwice(pool, () => assigned({ limits, first, wallMs }), signal)
    return runAttempts(job, { wallMs: limits.wallMs, start })
  }
  const prove = () => (proof ??= proveConfinement({ driver: 'bubblewrap', languages, run }, { keeps: true }))

  return {
    driver: 'bubblewrap',
    languages,
    prove,
    async run(job, options) {
      await prove()
      return run(job, options)
    },
    close() {
      transformer.close()
      cells.close()
      return Promise.resolve()
    },
  }
}

function otherPython(version: string, own: Python): Raised {
  return { type: 'OtherPython', message: `the project's environment was made for Python ${version}, and the sandbox has ${own.version}` }
}

/** Where the kernel forbids what a container is made of, that is seen now. */
async function tryOne(cells: Cells): Promise<void> {
  try {
    await cells.of().pool.use(() => Promise.resolve())
  } catch (error) {
    cells.close()
    throw new CountersignError('SANDBOX_UNAVAILABLE', `bubblewrap cannot make a container here: ${(error as Error).message}`, { cause: error })
  }
}

type Assign = (portion: Portion) => Assignment

/** A container that dies loses the run that was in it, and that is tried once more in another one. */
async function attemptTwice(pool: Pool<Cell>, assign: () => Assignment, signal?: AbortSignal): Promise<Attempt> {
  const attempt = () => pool.use((cell) => cell.attempt(assign(), signal))
  try {
    return await attempt()
  } catch (error) {
    if (signal?.aborted === true) throw new CountersignError('INTERRUPTED', 'the run was interrupted', { cause: error })
    if (!(error instanceof CountersignError) || error.code !== 'SANDBOX_BROKEN') throw error
    return attempt()
  }
}
