import { constantOf, type Value } from '../../engine/value.ts'
import { defineModel, sink, type CallModel, type Sink } from '../model.ts'

const shell: Sink[] = [{ ...sink('command', 0), variant: 'shell' }]
const spawn: Sink[] = [{ ...sink('command', 0), variant: 'spawn' }]
const output: CallModel = { source: 'storage', label: 'the output of a program' }

export const command = defineModel({
  name: 'command',
  ambient: {
    child_process: 'child_process',
    exec: 'child_process.exec',
    execSync: 'child_process.execSync',
    spawn: 'child_process.spawn',
    spawnSync: 'child_process.spawnSync',
    execFile: 'child_process.execFile',
    execAsync: 'child_process.exec',
    execPromise: 'child_process.exec',
    cp: 'child_process',
    child: 'child_process',
    childProcess: 'child_process',
    shell: 'shelljs',
    shelljs: 'shelljs',
    process: 'process',
  },
  aliases: {
    'child_process/promises': 'child_process',
    'child-process-promise': 'child_process',
    'mz/child_process': 'child_process',
    'promisify-child-process': 'child_process',
    'cross-spawn': 'child_process.spawn',
    'cross-spawn.sync': 'child_process.spawnSync',
    execa: 'execa.execa',
  },
  calls: {
    'child_process.exec': output,
    'child_process.execSync': output,
    'child_process.execFile': output,
    'child_process.execFileSync': output,
    'child_process.spawn': { from: 'none', returns: 'child_process.ChildProcess' },
    'child_process.spawnSync': output,
    'child_process.fork': { from: 'none', returns: 'child_process.ChildProcess' },
    'shelljs.exec': output,
    'execa.execa': output,
    'shell-quote.quote': { evaluate: quoted },
    'shell-escape': { evaluate: quoted },
    'shescape.quote': { from: 0, safe: ['command'] },
    'shescape.escape': { from: 0, safe: ['command'] },
    'process.exit': { exits: true },
  },
  sinks: {
    'child_process.exec': shell,
    'child_process.execSync': shell,
    '*.execSync': [{ ...sink('command', 0), variant: 'named' }],
    '*.exec': [{ ...sink('command', 0), variant: 'named' }],
    'child_process.spawn': spawn,
    'child_process.spawnSync': spawn,
    'child_process.execFile': spawn,
    'child_process.execFileSync': spawn,
    'child_process.fork': [{ ...sink('command', 0), variant: 'program' }],
    'shelljs.exec': shell,
    'execa.command': spawn,
    'execa.commandSync': spawn,
    'execa.execaCommand': spawn,
    'execa.execaCommandSync': spawn,
    'execa.execa': spawn,
    'execa.sync': spawn,
    'execa.execaSync': spawn,
    'execa.shell': shell,
    'simple-git.raw': [],
    'ssh2.Client.exec': [{ ...sink('command', 0), variant: 'remote' }],
    'node-cmd.run': shell,
    'node-cmd.get': shell,
    'node-cmd.runSync': shell,
    'sudo-prompt.exec': shell,
    'node-pty.spawn': spawn,
    'Deno.run': spawn,
    'Deno.Command': spawn,
    'Bun.spawn': spawn,
  },
})

function quoted({ positional }: Parameters<NonNullable<CallModel['evaluate']>>[0]): Value {
  const [list] = positional
  return { ...list!, items: undefined, constants: undefined, templates: undefined, type: 'str', taints: [] }
}

/** The options of a call: its first object after the program. */
export function optionsOf(positional: readonly Value[]): ReadonlyMap<string, Value> {
  const items = positional.slice(1).find((value) => value.items?.kind === 'map')?.items
  return items?.kind === 'map' ? items.entries : new Map()
}

/** Whether the options ask for a shell. */
export function usesShell(positional: readonly Value[]): boolean {
  const shell = optionsOf(positional).get('shell')
  const known = constantOf(shell)
  return known === true || (typeof known === 'string' && known !== '')
}
