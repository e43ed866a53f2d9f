import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inside } from './assignment.ts'

/** A project's own packages, as a container sees them. */
export interface Project {
  /** Bound read-only: path inside -> path outside. */
  placed: Record<string, string>
  /** Folders of Python packages, inside. */
  packages: string[]
  /** The Python that the project's environment was made for, where it is not ours: its packages cannot be used. */
  otherPython?: string
}

const ENVIRONMENTS = ['.venv', 'venv', 'env']

export function readProject(folder: string, { pythonVersion }: { pythonVersion: string }): Project {
  const placed: Record<string, string> = {}
  for (const name of ['node_modules', 'package.json']) {
    if (existsSync(join(folder, name))) placed[join(inside.project, name)] = join(folder, name)
  }
  const environment = ENVIRONMENTS.map((name) => join(folder, name)).find((path) => existsSync(join(path, 'pyvenv.cfg')))
  if (environment === undefined) return { placed, packages: [] }
  const versions = readdirSync(join(environment, 'lib')).filter((name) => existsSync(join(environment, 'lib', name, 'site-packages')))
  const own = `python${pythonVersion}`
  const [other] = versions
  if (!versions.includes(own)) return { placed, packages: [], ...(other && { otherPython: other.replace('python', '') }) }
  const packages = join(inside.project, 'site-packages')
  placed[packages] = join(environment, 'lib', own, 'site-packages')
  return { placed, packages: [packages] }
}
