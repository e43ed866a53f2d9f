import { spawnSync } from 'node:child_process'
import { findPython } from '../../src/sandbox/python.ts'

/** Why the bubblewrap driver cannot be tested here, as the text of a visible skip; asked of `bwrap` itself, not of the driver. */
export const withoutBubblewrap: string | undefined = whatIsMissing((await findPython()) !== undefined)

function whatIsMissing(hasPython: boolean): string | undefined {
  const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const { status, error } = spawnSync('/usr/bin/bwrap', ['--unshare-all', '--ro-bind', '/', '/', '/bin/true'], { stdio: 'ignore', ...identity })
  if (error !== undefined) return 'skipped: needs bubblewrap'
  if (status !== 0) return 'skipped: needs a machine that lets bubblewrap make namespaces'
  return hasPython ? undefined : "skipped: needs a system's Python, 3.9 or newer"
}
