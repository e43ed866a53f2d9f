import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import type { Command } from 'commander'
import { CountersignError, exitCodes } from '../../errors.ts'
import { Store, openSandbox } from '../../index.ts'
import { type ConfigurationInForce, placeOf } from '../configuration.ts'
import type { Finding } from './doctor-finding.ts'
import { modelFindings } from './doctor-models.ts'
import { type SettingOptions, addSettings, configurationFor } from './options.ts'
import { type Colors, openOutput } from './output.ts'
import { oneLine, table } from './text.ts'

const leastNode = 24

export function addDoctor(program: Command): void {
  addSettings(program.command('doctor'), ['store', 'model', 'models'])
    .summary('say what is here, what is missing, and what that costs')
    .description('Tries everything that a run needs, each sandbox included, and says what is missing and what that costs. Exit code 3 when nothing can be run.')
    .option('--json', 'one JSON document: {ready, findings}')
    .addHelpText('after', '\nExamples:\n  countersign doctor\n  countersign doctor --json')
    .action(examine)
}

async function examine(options: SettingOptions & { json?: boolean }): Promise<void> {
  const output = openOutput({ machine: options.json })
  const inForce = configurationFor(options)
  const components = [node(), storeFolder(inForce), bubblewrap(), userNamespaces(), python(), npmPackage('deno'), npmPackage('pyodide')]
  const sandboxes = [await sandbox('bubblewrap'), await sandbox('deno')]
  const findings = [...components, ...sandboxes, ...(await modelFindings(inForce))]
  const ready = findings.slice(0, 2).every(({ state }) => state === 'ok') && sandboxes.some(({ state }) => state === 'ok')
  if (options.json === true) output.document({ ready, findings })
  else output.answer(render(findings, output.answerColors))
  output.say(ready ? 'ready to run' : 'nothing can be run here until the above is mended')
  process.exitCode = ready ? exitCodes.done : exitCodes.outside
}

function render(findings: readonly Finding[], colors: Colors): string {
  const paint = { ok: colors.green, missing: colors.yellow, broken: colors.red }
  const rows = findings.map(({ name, state, detail, cost }) => [state, name, oneLine(cost === undefined ? detail : `${detail}: ${cost}`)])
  return table(rows).replaceAll(/^(ok|missing|broken)/gm, (state) => paint[state as Finding['state']](state))
}

function node(): Finding {
  const enough = Number(process.versions.node.split('.')[0]) >= leastNode
  return { name: 'Node', state: enough ? 'ok' : 'broken', detail: process.version, ...(enough ? {} : { cost: `Countersign needs Node ${leastNode}` }) }
}

function storeFolder({ configuration, origins }: ConfigurationInForce): Finding {
  const { folder } = configuration.store
  try {
    const store = Store.open(folder)
    const { length } = store.list()
    store.close()
    return { name: 'store', state: 'ok', detail: `${folder} (${placeOf(origins.get('store.folder'))}), ${length} runs` }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    return { name: 'store', state: 'broken', detail: error.message, cost: 'no run can be recorded' }
  }
}

function bubblewrap(): Finding {
  const version = said('bwrap', '--version')
  if (version !== undefined) return { name: 'bubblewrap', state: 'ok', detail: version }
  const cost = process.platform === 'linux' ? 'install it (Debian: apt install bubblewrap) for the faster sandbox that confines more' : 'it exists on Linux only; the portable sandbox is used'
  return { name: 'bubblewrap', state: 'missing', detail: 'there is no bwrap on the path', cost }
}

function userNamespaces(): Finding {
  const { status, stderr, error } = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { encoding: 'utf8' })
  if (error !== undefined) return { name: 'user namespaces', state: 'missing', detail: 'not known: there is no unshare to try with', cost: 'see the bubblewrap sandbox below' }
  if (status === 0) return { name: 'user namespaces', state: 'ok', detail: 'a process may make its own' }
  return { name: 'user namespaces', state: 'missing', detail: stderr.trim() || 'they cannot be made here', cost: 'bubblewrap cannot work without them' }
}

function python(): Finding {
  const version = said('/usr/bin/python3', '--version') ?? said('python3', '--version')
  if (version !== undefined) return { name: 'Python', state: 'ok', detail: version }
  return { name: 'Python', state: 'missing', detail: 'there is no system python3', cost: 'Python candidates run in Pyodide, which starts slower and lacks some modules' }
}

function npmPackage(name: string): Finding {
  try {
    const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }
    return { name, state: 'ok', detail: version }
  } catch {
    const cost = name === 'deno' ? 'JavaScript and TypeScript cannot run' : 'Python needs bubblewrap'
    return { name, state: 'missing', detail: 'the npm package is not installed', cost: `${cost}; run npm ci` }
  }
}

/** Opens a sandbox and lets it try to break out of itself. */
async function sandbox(driver: 'bubblewrap' | 'deno'): Promise<Finding> {
  const name = `${driver} sandbox`
  const began = performance.now()
  try {
    const opened = await openSandbox({ driver })
    try {
      const { attempts, languages } = await opened.prove()
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      return { name, state: 'ok', detail: `${languages.join(', ')}: ${attempts.length} attempts to break out, each refused (${seconds} s)` }
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    return { name, state: 'missing', detail: error.message, cost: driver === 'bubblewrap' ? 'the portable sandbox is used, which is slower' : 'bubblewrap is needed' }
  }
}

/** The first line that a program prints, or undefined where there is no such program. */
function said(program: string, ...given: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(program, given, { encoding: 'utf8' })
  return status === 0 ? (stdout || stderr).trim().split('\n')[0] : undefined
}
