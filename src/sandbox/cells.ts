import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CountersignError } from '../errors.ts'
import { environment, inside } from './assignment.ts'
import type { Cell } from './cell.ts'
import { openCell } from './cell.ts'
import { bundleGuest } from './guest-bundle.ts'
import type { Pool } from './pool.ts'
import { openPool } from './pool.ts'
import type { Project } from './project.ts'
import { readProject } from './project.ts'
import type { Python } from './python.ts'
import { findPython } from './python.ts'
import { bubblewrapArguments } from './root.ts'
import { nobody, openStage } from './stage.ts'

/** Containers to run candidates in, kept between runs; those of a project see its packages. */
export interface Cells {
  python: Python
  of(folder?: string): { pool: Pool<Cell>; project: Project }
  close(): void
}

const PROGRAMS = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap']
const guestFolder = fileURLToPath(new URL('guest/', import.meta.url))
const noProject: Project = { placed: {}, packages: [] }

export async function openCells(options: { concurrency: number; program?: string }): Promise<Cells> {
  const program = [options.program ?? PROGRAMS].flat().find(existsSync)
  if (program === undefined) throw missing('bubblewrap is not installed; the package is called bubblewrap')
  const python = await findPython()
  if (python === undefined) throw missing("bubblewrap's warden needs the system's own Python, 3.9 or newer, and found none")
  // Root would own what it must not touch, and no limit on processes holds for it.
  const isRoot = process.getuid?.() === 0
  const stage = openStage(isRoot)
  const runtimes = {
    [inside.guest]: stage.place(guestFolder),
    [inside.javascriptGuest]: stage.write('javascript.cjs', bundleGuest(guestFolder, 'javascript.mjs')),
    [inside.node]: stage.place(process.execPath),
    // Test runners ask for the address of this name as they start.
    [inside.hosts]: stage.write('hosts', '127.0.0.1 localhost\n'),
  }
  const cells = new Map<string, { pool: Pool<Cell>; project: Project }>()

  const open = (folder: string | undefined) => {
    const project = folder === undefined ? noProject : readProject(folder, { pythonVersion: python.version })
    const staged = Object.entries(project.placed).map(([target, path]) => ({ target, path, reached: stage.target(path) }))
    const placed = Object.fromEntries(staged.map(({ target, reached }) => [target, reached]))
    const bindings = staged.flatMap(({ path, reached }) => (path === reached ? [] : [[path, reached] as const]))
    const command = commandFor({ program, python, placed: { ...runtimes, ...placed } })
    const openOne = () => openCell({ environment, ...(isRoot ? asNobody(command, { bindings, python }) : { command }) })
    return { project, pool: openPool({ size: options.concurrency, open: openOne, close: (cell) => cell.close() }) }
  }
  return {
    python,
    of(folder) {
      const key = folder ?? ''
      const known = cells.get(key) ?? open(folder)
      cells.set(key, known)
      return known
    },
    close() {
      for (const { pool } of cells.values()) pool.close()
      stage.close()
    },
  }
}

type Command = readonly [string, ...string[]]

function commandFor({ program, python, placed }: { program: string; python: Python; placed: Record<string, string> }): Command {
  const root = bubblewrapArguments({ paths: python.paths, placed })
  return [program, ...root, '--', python.executable, '-S', '-B', `${inside.guest}/warden.py`]
}

/** What lies where only root can reach it must be bound by root, before it is nobody. */
function asNobody(command: Command, { bindings, python }: { bindings: (readonly [string, string])[]; python: Python }) {
  if (bindings.length === 0) return { command, identity: nobody }
  const told = JSON.stringify({ bindings, ...nobody })
  return { command: [python.executable, '-S', '-B', join(guestFolder, 'descend.py'), told, ...command] as const }
}

function missing(message: string): CountersignError {
  return new CountersignError('SANDBOX_UNAVAILABLE', message)
}
