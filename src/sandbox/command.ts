import { existsSync, realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import { inside } from './assignment.ts'
import type { Python } from './python.ts'

/** A command as a container can start it; `undefined` when neither a runtime nor the project has it. */
export function findCommand(command: readonly string[], { project, python }: { project: string | undefined; python: Python }): string[] | undefined {
  const [name = '', ...rest] = command
  const interpreter = [python.executable, '-S', '-B']
  if (name === 'python' || name === 'python3') return [...interpreter, ...rest]
  if (name === 'pytest') return [...interpreter, '-m', 'pytest', ...rest]
  if (name === 'node') return [inside.node, ...rest]
  const script = project === undefined ? undefined : scriptOf(join(project, 'node_modules'), name)
  return script === undefined ? undefined : [inside.node, script, ...rest]
}

/** A package's own command: a script of Node's, behind a link. */
function scriptOf(packages: string, name: string): string | undefined {
  const link = join(packages, '.bin', name)
  if (!/^\w[\w.-]*$/.test(name) || !existsSync(link)) return undefined
  const path = relative(realpathSync(packages), realpathSync(link))
  return path.startsWith('..') ? undefined : join(inside.project, 'node_modules', path)
}
