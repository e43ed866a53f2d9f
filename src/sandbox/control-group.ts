import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A kernel's own count of a candidate's memory and processes. Candidates enter it by descriptors that were opened by us. */
export interface ControlGroup {
  /** Of `cgroup.procs`, open for writing. */
  descriptors: readonly number[]
  limit(limits: { memoryBytes: number; processes: number }): void
  /** How many processes the kernel has ended here so far because memory ran out. */
  kills(): number
  close(): void
}

const ROOT = '/sys/fs/cgroup'
const NAME = 'countersign'
let count = 0

/** A new group below our own; `undefined` where we may not make one, or where it would not count memory. */
export function openControlGroup(): ControlGroup | undefined {
  const hierarchies = existsSync(join(ROOT, 'cgroup.controllers')) ? [below('')] : [below('memory'), below('pids')]
  const made = hierarchies.flatMap((parent) => make(parent) ?? [])
  const [memory] = made
  if (memory === undefined || !['memory.max', 'memory.limit_in_bytes'].some((file) => existsSync(join(memory, file)))) {
    made.forEach(remove)
    return undefined
  }
  const descriptors = made.map((folder) => openSync(join(folder, 'cgroup.procs'), 'w'))
  let inForce = ''
  return {
    descriptors,
    limit({ memoryBytes, processes }) {
      const wanted = settings(memoryBytes, processes)
      if (wanted.join() === inForce) return
      for (const [file, value] of wanted) {
        for (const folder of made) if (existsSync(join(folder, file))) set(join(folder, file), value)
      }
      inForce = wanted.join()
    },
    kills: () => readKills(memory),
    close() {
      descriptors.forEach((descriptor) => closeSync(descriptor))
      made.forEach(remove)
    },
  }
}

/** Both versions of the interface, in an order in which no value is ever refused: with swap counted, memory's own limit lies below. */
const settings = (memoryBytes: number, processes: number): [string, string][] => [
  ['memory.memsw.limit_in_bytes', String(memoryBytes)],
  ['memory.limit_in_bytes', String(memoryBytes)],
  ['memory.memsw.limit_in_bytes', String(memoryBytes)],
  ['memory.max', String(memoryBytes)],
  ['memory.swap.max', '0'],
  ['pids.max', String(processes)],
]

/** Where our own process is in a hierarchy: version 1 has one for each controller, version 2 has one. */
function below(controller: string): string {
  const line = readFileSync('/proc/self/cgroup', 'utf8').split('\n').find((line) => line.split(':')[1]?.split(',').includes(controller))
  const own = join(ROOT, controller, line?.split(':').slice(2).join(':') ?? '')
  // In a container the path may be the one outside it.
  return existsSync(own) ? own : join(ROOT, controller)
}

function make(parent: string): string | undefined {
  try {
    sweep(parent)
    const folder = join(parent, `${NAME}-${process.pid}-${count++}`)
    mkdirSync(folder)
    return folder
  } catch {
    return undefined
  }
}

/** Groups whose process was killed before it could remove them. */
function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [prefix, pid] = name.split('-')
    if (prefix === NAME && !existsSync(`/proc/${pid}`)) remove(join(parent, name))
  }
}

function remove(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Still occupied by what is about to die; the next one who comes sweeps it.
  }
}

function set(path: string, value: string): void {
  try {
    writeFileSync(path, value)
  } catch {
    // Lowering the outer limit first is refused, and so is raising the inner one first: each is tried on both sides of the other.
  }
}

function readKills(folder: string): number {
  const path = ['memory.events', 'memory.oom_control'].map((file) => join(folder, file)).find(existsSync)
  return path === undefined ? 0 : Number(/^oom_kill (\d+)/m.exec(readFileSync(path, 'utf8'))?.[1] ?? 0)
}
