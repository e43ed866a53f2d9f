import { existsSync, lstatSync, readlinkSync } from 'node:fs'

/** A container's root: what is bound read-only, at which path, and nothing else of the machine. */
export interface Root {
  /** Bound where they are. */
  paths: readonly string[]
  /** Bound elsewhere: path inside -> path outside. */
  placed: Readonly<Record<string, string>>
}

const triplets: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }

/** Shared libraries and their loader: Debian keeps them by architecture, others in `lib64`, or in `lib` alone. */
function libraries(): string[] {
  const triplet = triplets[process.arch]
  const byArchitecture = triplet === undefined ? [] : [`/usr/lib/${triplet}`, `/lib/${triplet}`].filter(existsSync)
  const lib64 = ['/usr/lib64', '/lib64'].filter(existsSync)
  return [...byArchitecture, ...lib64, ...(byArchitecture.length + lib64.length === 0 ? ['/usr/lib', '/lib'] : [])]
}

const UNSHARED = ['--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try']
const SEPARATED = [...UNSHARED, '--die-with-parent', '--new-session', '--hostname', 'sandbox']
const CLOSED = ['--symlink', '/tmp', '/dev/shm', '--dir', '/tmp', '--proc', '/proc', '--remount-ro', '/', '--chdir', '/']
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom']
const CLOCK_AND_LOADER = ['/etc/ld.so.cache', '/usr/share/zoneinfo']

/** Arguments of `bwrap` that make the root and separate it from the machine; the command to start follows them. */
export function bubblewrapArguments({ paths, placed }: Root): string[] {
  // `/lib` is mostly a link to `usr/lib`; what lies behind a link is bound at its real place.
  const links = ['/lib', '/lib64'].filter((path) => existsSync(path) && lstatSync(path).isSymbolicLink())
  const isBehindLink = (path: string) => links.some((link) => path === link || path.startsWith(`${link}/`))
  const bound = [...new Set([...libraries(), ...paths])].filter((path) => !isBehindLink(path))
  return [
    ...SEPARATED,
    ...bound.flatMap((path) => ['--ro-bind', path, path]),
    ...CLOCK_AND_LOADER.flatMap((path) => ['--ro-bind-try', path, path]),
    ...links.flatMap((link) => ['--symlink', readlinkSync(link), link]),
    ...Object.entries(placed).flatMap(([inside, outside]) => ['--ro-bind', outside, inside]),
    ...DEVICES.flatMap((device) => ['--dev-bind', `/dev/${device}`, `/dev/${device}`]),
    ...CLOSED,
  ]
}
