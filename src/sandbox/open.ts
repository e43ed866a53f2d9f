import { CountersignError } from '../errors.ts'
import type { Sandbox } from '../ports.ts'
import { openBubblewrap } from './bubblewrap.ts'
import { openDeno } from './deno.ts'

/** From the one that confines most to the one that runs everywhere. */
const drivers = { bubblewrap: openBubblewrap, deno: openDeno } as const
type DriverName = keyof typeof drivers
type Drivers = Record<DriverName, (options: { concurrency?: number }) => Promise<Sandbox>>

export interface OpenSandboxOptions {
  /** `auto`: the first that is there and proves itself. A driver chosen by name has no substitute. */
  driver?: 'auto' | DriverName
  /** Programs run at once, at most; one for each core unless said otherwise. */
  concurrency?: number
}

const whatHelps = 'on Linux, install bubblewrap and a system Python 3.9 or newer; anywhere, let npm install the optional packages of deno'

/** A sandbox that has proved its confinement just now; `SANDBOX_UNAVAILABLE` when there is none. */
export async function openSandbox({ driver = 'auto', ...options }: OpenSandboxOptions = {}, known: Drivers = drivers): Promise<Sandbox> {
  const names = driver === 'auto' ? (Object.keys(known) as DriverName[]) : [driver]
  const reasons: CountersignError[] = []
  for (const name of names) {
    const sandbox = await openProved(() => known[name](options))
    if (!(sandbox instanceof CountersignError)) return sandbox
    reasons.push(sandbox)
  }
  const said = reasons.map(({ message }, index) => `${names[index]}: ${message}`).join('; ')
  throw new CountersignError('SANDBOX_UNAVAILABLE', `no sandbox can be used here (${said}). What would help: ${whatHelps}`, { cause: reasons.at(-1) })
}

/** The reason, where it is not there or cannot prove itself: then another may. */
async function openProved(open: () => Promise<Sandbox>): Promise<Sandbox | CountersignError> {
  let sandbox: Sandbox | undefined
  try {
    sandbox = await open()
    await sandbox.prove()
    return sandbox
  } catch (error) {
    await sandbox?.close()
    if (error instanceof CountersignError && error.code.startsWith('SANDBOX_')) return error
    throw error
  }
}
