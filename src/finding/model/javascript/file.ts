import type { CallEvent } from '../../engine/event.ts'
import { bit, cleanse, notAbsolute, tested } from '../../engine/taint.ts'
import { concatenate, constant, derived, listOf, mapOf, nothing, safeFor, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

/** The parts of a path after its first, where an absolute one stays inside. */
const placed = (value: Value): Value => ({ ...value, taints: cleanse(value.taints, notAbsolute) })

/** `path.join` cleans up the dots, but they may lead out of what it began with. */
function join({ positional, spread }: CallEvent): Value {
  if (spread.length > 0) return { ...derived([...positional, ...spread]), normal: true }
  const parts = positional.flatMap((part, i) => (i === 0 ? [part] : ['/', placed(part)]))
  return { ...concatenate(parts), normal: true }
}

function resolve({ positional, spread }: CallEvent): Value {
  if (spread.length > 0) return { ...derived([...positional, ...spread]), normal: true }
  return { ...concatenate(positional.flatMap((part, i) => (i === 0 ? [part] : ['/', part]))), normal: true }
}

const normalised: CallModel = {
  evaluate: ({ positional }) => ({
    ...(positional[0] ?? nothing),
    constants: undefined,
    facts: undefined,
    target: undefined,
    normal: true,
  }),
}

/** Whether the file is there: what comes next may meet another one. */
const asked: CallModel = {
  from: 'none',
  facts: ({ positional }) => {
    const facts = positional[0]?.taints.map(({ origin }) => ({ origin, bits: tested })) ?? []
    return { whenTrue: facts, whenFalse: facts }
  },
}

function isAbsolute({ positional }: CallEvent): Value['facts'] {
  const [value] = positional
  return { whenTrue: [], whenFalse: value?.taints.map(({ origin }) => ({ origin, bits: notAbsolute })) ?? [] }
}

function parsed({ positional }: CallEvent): Value {
  const whole = derived(positional)
  const last = safeFor(whole, bit.path)
  return mapOf(new Map([['base', last], ['name', last], ['ext', { ...whole, aspect: 'extension' }], ['dir', whole], ['root', whole]])) // prettier-ignore
}

const read: CallModel = { source: 'storage', label: 'a file' }
const nothingBack: CallModel = { from: 'none' }
const one: Sink[] = [sink('path', 0)]
const two: Sink[] = [sink('path', 0), sink('path', 1)]

const single = ['readFile', 'writeFile', 'appendFile', 'createReadStream', 'createWriteStream', 'open', 'unlink', 'rm', 'rmdir', 'mkdir', 'readdir', 'opendir', 'stat', 'lstat', 'access', 'exists', 'chmod', 'chown', 'truncate', 'readlink', 'utimes', 'watch', 'watchFile', 'outputFile', 'remove', 'emptyDir', 'ensureDir', 'ensureFile', 'readJson', 'readJSON', 'writeJson', 'writeJSON', 'outputJson', 'pathExists'] // prettier-ignore
const double = ['rename', 'copyFile', 'link', 'symlink', 'cp', 'copy', 'move']
const asking = new Set(['exists', 'access', 'stat', 'lstat', 'pathExists'])
const reading = new Set(['readFile', 'readJson', 'readJSON', 'createReadStream', 'readlink'])
const both = (names: readonly string[]) => names.flatMap((name) => [name, `${name}Sync`])

function callOf(name: string): CallModel {
  const base = name.replace(/Sync$/, '')
  return asking.has(base) ? asked : reading.has(base) ? read : nothingBack
}

export const file = defineModel({
  name: 'file',
  ambient: { fs: 'fs', path: 'path', __dirname: 'path.here', __filename: 'path.here', fse: 'fs' },
  aliases: {
    'fs/promises': 'fs',
    'fs.promises': 'fs',
    'fs-extra': 'fs',
    'graceful-fs': 'fs',
    'mz/fs': 'fs',
    fsPromises: 'fs',
    'path.posix': 'path',
    'path.win32': 'path',
    'path/posix': 'path',
    upath: 'path',
    'Deno.readTextFile': 'fs.readFile',
    'Deno.readFile': 'fs.readFile',
    'Deno.writeTextFile': 'fs.writeFile',
    'Bun.file': 'fs.readFile',
  },
  values: { 'path.sep': { type: 'str', aspect: 'separator' }, 'path.here': { type: 'str' } },
  calls: {
    ...Object.fromEntries(both([...single, ...double]).map((name) => [`fs.${name}`, callOf(name)])),
    'fs.realpath': normalised,
    'fs.realpathSync': normalised,
    'path.join': { evaluate: join },
    'path.resolve': { evaluate: resolve },
    'path.normalize': normalised,
    'path.basename': { from: 'arguments', safe: ['path'], returns: 'str' },
    'path.dirname': { from: 'arguments' },
    'path.extname': { from: 'arguments', aspect: 'extension', returns: 'str' },
    'path.relative': { evaluate: ({ positional }) => ({ ...derived(positional), type: 'str', aspect: 'relative' }) },
    'path.isAbsolute': { from: 'none', facts: isAbsolute },
    'path.parse': { evaluate: parsed },
    'path.format': { from: 'arguments' },
    'process.cwd': { from: 'none', returns: 'str' },
    'os.tmpdir': { evaluate: () => constant('/tmp') },
    'os.homedir': { from: 'none', returns: 'str' },
    'path-is-inside': {
      from: 'none',
      facts: ({ positional }) => ({
        whenTrue: positional[0]?.taints.map(({ origin }) => ({ origin, bits: bit.path })) ?? [],
        whenFalse: [],
      }),
    },
    'url.fileURLToPath': { from: 0 },
    glob: { evaluate: () => listOf([], nothing) },
  },
  sinks: {
    ...Object.fromEntries(both(single).map((name) => [`fs.${name}`, one])),
    ...Object.fromEntries(both(double).map((name) => [`fs.${name}`, two])),
    'koa-send': [sink('path', 1)],
    send: [sink('path', 1)],
  },
})
