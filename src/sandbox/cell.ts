import { CountersignError } from '../errors.ts'
import type { Assignment } from './assignment.ts'
import type { Attempt } from './attempt.ts'
import type { Ended } from './container.ts'
import { openContainer } from './container.ts'
import { openControlGroup } from './control-group.ts'
import type { Architecture } from './seccomp.ts'
import { encodeProgram, seccompProgram } from './seccomp.ts'

/** A container and the control group of its candidates, where there is one. */
export interface Cell {
  attempt(assignment: Assignment, signal?: AbortSignal): Promise<Attempt>
  close(): void
}

export interface CellOptions {
  command: readonly [string, ...string[]]
  environment: Record<string, string>
  identity?: { uid: number; gid: number }
}

export async function openCell({ command, environment, identity }: CellOptions): Promise<Cell> {
  const group = openControlGroup()
  const descriptors = group?.descriptors ?? []
  const seccomp = encodeProgram(seccompProgram(process.arch as Architecture)).toString('base64')
  const start = { seccomp, controlGroups: descriptors.length }
  const container = await openContainer({ command, environment, descriptors, start, ...(identity && { identity }) }).catch((error: unknown) => {
    group?.close()
    throw error
  })
  return {
    async attempt({ plan, input, read }, signal) {
      group?.limit(plan)
      const killsBefore = group?.kills()
      const said = await container.run({ ...plan, watchMemory: group === undefined }, input, signal)
      // The watchdog may end it before the last wall stands; the job was not read yet then.
      const isOutOfTime = said.ended.setup === '' && said.ended.reason !== null
      if (said.ended.setup !== 'confined' && !isOutOfTime) throw new CountersignError('SANDBOX_BROKEN', `a program could not be confined: ${said.ended.setup}`)
      const { stderr, ended } = said
      const limit = limitOf(ended, { isStarved: () => group?.kills() !== killsBefore, totalCpuSeconds: plan.totalCpuSeconds })
      // Nothing inside can do that to the first process of a namespace.
      if (limit === null && ended.signal === 'SIGKILL') throw new CountersignError('SANDBOX_BROKEN', 'a program was killed from outside')
      return { ...read(said), stderr, ...ended, limit }
    },
    close() {
      container.close()
      group?.close()
    },
  }
}

/** The warden knows which limit it enforced; what the kernel enforced by SIGKILL is told from what was used up. */
function limitOf({ reason, signal, cpuMs }: Ended, kernel: { isStarved: () => boolean; totalCpuSeconds: number }): Attempt['limit'] {
  if (reason !== null && reason !== 'cancelled') return reason
  if (signal !== 'SIGKILL') return null
  if (kernel.isStarved()) return 'memory'
  return cpuMs >= kernel.totalCpuSeconds * 1000 - 100 ? 'cpu' : null
}
