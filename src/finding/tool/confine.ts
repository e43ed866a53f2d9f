import { execFile } from 'node:child_process'
import { existsSync, lstatSync, mkdtempSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What a program wrote, whatever its exit code; `failed` when it did not start, did not end in time or wrote without end. */
export type Told = { kind: 'ended'; stdout: string; stderr: string } | { kind: 'failed'; reason: string }

/** Runs programs that somebody installed on a workspace that nobody has to trust. */
export interface Confinement {
  run(program: string, given: readonly string[]): Promise<Told>
}

const bwrap = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap']
const outputBytes = 200_000_000
const watchdogMs = 900_000
const cpuSeconds = 1800
const separated = ['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--proc', '/proc', '--dev', '/dev', '--size', '1000000000', '--tmpfs', '/tmp']
// What programs need to start, and nothing of anybody's own.
const system = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/alternatives', '/etc/localtime', '/etc/ssl/certs', '/etc/ssl/openssl.cnf']
const environment = { HOME: '/tmp', LANG: 'C.UTF-8', PATH: '/usr/local/bin:/usr/bin:/bin', PYTHONDONTWRITEBYTECODE: '1', SEMGREP_SEND_METRICS: 'off', SEMGREP_ENABLE_VERSION_CHECK: '0' }

/**
 * Bubblewrap around a program: no network, nothing can be written but in its own `/tmp`, and of the machine it sees the system's programs, itself and the
 * workspace. Tried before anything is run; the reason when that fails.
 */
export async function openConfinement(root: string): Promise<Confinement | { unavailable: string }> {
  const launcher = bwrap.find(existsSync)
  if (launcher === undefined) return { unavailable: 'bubblewrap is not installed, and without it no tool is run on what nobody has to trust' }
  if (root === '/') return { unavailable: 'no tool is run on a whole machine; give folders of one project' }
  const confinement: Confinement = { run: (program, given) => start(launcher, [...argumentsFor(root, program), ...commandOf(program, given)]) }
  const broken = await attempt(confinement, root)
  return broken === undefined ? confinement : { unavailable: `no tool is run, because it cannot be confined here: ${broken}` }
}

/** Tries, from inside, to write into the workspace, to see a file outside, and to find a network. */
async function attempt(confinement: Confinement, root: string): Promise<string | undefined> {
  const outside = mkdtempSync(join(tmpdir(), 'countersign-bait-'))
  try {
    const bait = join(outside, 'bait')
    writeFileSync(bait, '')
    const script = 'touch "$1/countersign-probe" 2>/dev/null && { rm "$1/countersign-probe"; echo wrote; }; test -e "$2" && echo saw; test -d "$1" || echo blind; tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " "'
    const told = await confinement.run('/bin/sh', ['-c', script, 'sh', root, bait])
    if (told.kind === 'failed') return told.reason
    return told.stdout === 'lo\n' ? undefined : `an attempt to get out of it said ${JSON.stringify(`${told.stdout}${told.stderr}`.slice(0, 200))}`
  } finally {
    rmSync(outside, { recursive: true, force: true })
  }
}

function argumentsFor(root: string, program: string): string[] {
  const own = [...new Set(homesOf(program))].filter((path) => !path.startsWith('/usr/'))
  return [
    ...separated,
    ...system.filter(existsSync).flatMap((path) => (lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path])),
    ...own.flatMap((path) => ['--ro-bind', path, path]),
    '--ro-bind',
    root,
    root,
    '--chdir',
    root,
    '--clearenv',
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
  ]
}

/** Folders that a program lies in: `bin` and `lib` of its own prefix and of its interpreter's, as virtual environments have them. */
function homesOf(program: string): string[] {
  const real = realpathSync(program)
  const interpreter = /^#!\s*(\/\S+)/.exec(head(real))?.[1]
  const programs = [program, real, ...(interpreter === undefined || !existsSync(interpreter) ? [] : [interpreter, realpathSync(interpreter)])]
  return programs.flatMap((path) => ['bin', 'lib', 'lib64', 'libexec', 'share', 'pyvenv.cfg'].map((name) => join(dirname(dirname(path)), name))).filter((path) => dirname(path) !== '/' && existsSync(path))
}

function head(path: string): string {
  return readFileSync(path).subarray(0, 300).toString('latin1')
}

/** Started by a shell that limits its time: what decides is counted, and the clock only watches. */
function commandOf(program: string, given: readonly string[]): string[] {
  return ['--', '/bin/sh', '-c', `ulimit -t ${cpuSeconds}; exec "$@"`, 'sh', program, ...given]
}

function start(launcher: string, given: readonly string[]): Promise<Told> {
  return new Promise((resolve) => {
    const options = { maxBuffer: outputBytes, timeout: watchdogMs, killSignal: 'SIGKILL', env: {}, cwd: '/' } as const
    execFile(launcher, given, options, (error, stdout, stderr) => {
      // A number is the program's own exit code, which every tool gives another meaning.
      if (error === null || typeof error.code === 'number') resolve({ kind: 'ended', stdout, stderr })
      else resolve({ kind: 'failed', reason: error.killed === true ? `it did not end within ${watchdogMs / 1000} s` : `it could not be run (${error.code ?? error.signal ?? 'unknown'})` })
    })
  })
}
