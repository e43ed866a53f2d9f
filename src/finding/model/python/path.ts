import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { bit, notAbsolute, tested } from '../../engine/taint.ts'
import { concatenate, derived, type Facts, listOf, nothing, safeFor, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

const joined = (parts: readonly Value[]): Value => concatenate(parts.flatMap((part, i) => (i === 0 ? [part] : ['/', part])))

/** The same path, absolute and without `..`. */
const normalised: CallModel = {
  evaluate: ({ receiver, positional }) => {
    const value = positional[0] ?? receiver ?? nothing
    return { ...value, constants: undefined, facts: undefined, target: undefined, normal: true }
  },
}

const lastPart: CallModel = { from: 'arguments', safe: ['path'] }
/** Whether the file is there: what comes next may meet another one. */
const asked: CallModel = {
  from: 'none',
  facts: ({ receiver, positional }) => {
    const facts = (positional[0] ?? receiver)?.taints.map(({ origin }) => ({ origin, bits: tested })) ?? []
    return { whenTrue: facts, whenFalse: facts }
  },
}
const truth: CallModel = { from: 'none', returns: 'bool' }

function within({ receiver, positional }: CallEvent): Facts | undefined {
  const value = receiver ?? positional[0]
  return value?.normal === true ? { whenTrue: value.taints.map(({ origin }) => ({ origin, bits: bit.path })), whenFalse: [] } : undefined
}

/** `resolved.relative_to(base)` raises when the path leads out of the base. */
function relativeTo({ receiver }: CallEvent, machine: Machine): Value {
  if (receiver?.normal === true) machine.apply(receiver.taints.map(({ origin }) => ({ origin, bits: bit.path })))
  return { ...derived([receiver]), type: 'pathlib.Path' }
}

const opened: CallModel = { from: 'none', returns: 'io.File' }
const read: CallModel = { source: 'storage', label: 'a file' }
const file = (at: Sink['at'], ...names: string[]): Sink[] => [{ ...sink('path', at, ...names) }]

export const path = defineModel({
  name: 'path',
  ambient: { os: 'os', shutil: 'shutil', pathlib: 'pathlib', Path: 'pathlib.Path', io: 'io', codecs: 'codecs', glob: 'glob', open: 'open' },
  aliases: {
    posixpath: 'os.path',
    ntpath: 'os.path',
    'pathlib.PurePath': 'pathlib.Path',
    'pathlib.PosixPath': 'pathlib.Path',
    'pathlib.PurePosixPath': 'pathlib.Path',
    'io.open': 'open',
    'codecs.open': 'open',
    'aiofiles.open': 'open',
    'os.path.normcase': 'os.path.normpath',
    'werkzeug.utils.safe_join': 'werkzeug.safe_join',
    'werkzeug.security.safe_join': 'werkzeug.safe_join',
    'flask.safe_join': 'werkzeug.safe_join',
    'werkzeug.utils.secure_filename': 'werkzeug.secure_filename',
    'werkzeug.secure_filename': 'werkzeug.secure_filename',
    'django.utils._os.safe_join': 'werkzeug.safe_join',
    'django.utils.text.get_valid_filename': 'werkzeug.secure_filename',
    'pathvalidate.sanitize_filename': 'werkzeug.secure_filename',
  },
  values: {
    'pathlib.Path.name': { type: 'str', safe: ['path'] },
    'pathlib.Path.stem': { type: 'str', safe: ['path'] },
    'pathlib.Path.suffix': { type: 'str', aspect: 'extension' },
    'pathlib.Path.parents': { aspect: 'parents' },
    'pathlib.Path.parent': { type: 'pathlib.Path' },
    'pathlib.Path.parts': { aspect: 'part' },
    'os.sep': { type: 'str', aspect: 'separator' },
  },
  calls: {
    'os.path.join': {
      evaluate: ({ positional, spread }) => (spread.length > 0 ? derived([...positional, ...spread]) : joined(positional)),
    },
    'os.path.abspath': normalised,
    'os.path.realpath': normalised,
    'os.path.normpath': normalised,
    'os.path.basename': lastPart,
    'os.path.dirname': { from: 'arguments' },
    'os.path.split': { evaluate: ({ positional }) => listOf([derived(positional), safeFor(derived(positional), bit.path)]) },
    'os.path.splitext': {
      evaluate: ({ positional }) =>
        listOf([
          { ...derived(positional), aspect: 'part' },
          { ...derived(positional), aspect: 'extension' },
        ]),
    },
    'os.path.exists': asked,
    'os.path.isfile': asked,
    'os.path.isdir': truth,
    'os.path.islink': truth,
    'os.path.isabs': {
      from: 'none',
      facts: ({ positional }) => ({
        whenTrue: [],
        whenFalse: positional[0]?.taints.map(({ origin }) => ({ origin, bits: notAbsolute })) ?? [],
      }),
    },
    'os.path.getsize': { from: 'none', returns: 'int' },
    'os.path.getmtime': { from: 'none', returns: 'int' },
    'os.path.expanduser': { from: 'arguments' },
    'os.path.commonpath': { from: 'arguments', aspect: 'prefix' },
    'os.path.commonprefix': { from: 'arguments', aspect: 'beginning' },
    'os.path.relpath': { from: 'arguments' },
    'os.fspath': { from: 0 },
    'os.getcwd': { from: 'none', returns: 'str' },
    'werkzeug.safe_join': { from: 'arguments', safe: ['path'] },
    'werkzeug.secure_filename': { from: 'arguments', safe: ['path', 'command', 'html', 'header', 'log'] },
    'pathlib.Path': { evaluate: ({ positional }) => ({ ...joined(positional), type: 'pathlib.Path' }) },
    'pathlib.Path.joinpath': {
      evaluate: ({ receiver, positional }) => ({ ...joined([receiver ?? nothing, ...positional]), type: 'pathlib.Path' }),
    },
    'pathlib.Path.resolve': {
      evaluate: ({ receiver }) => ({ ...(receiver ?? nothing), normal: true, facts: undefined, target: undefined }),
    },
    'pathlib.Path.absolute': { evaluate: ({ receiver }) => receiver },
    'pathlib.Path.expanduser': { evaluate: ({ receiver }) => receiver },
    'pathlib.Path.with_suffix': { evaluate: ({ receiver }) => receiver },
    'pathlib.Path.as_posix': { evaluate: ({ receiver }) => receiver },
    'pathlib.Path.is_relative_to': { from: 'none', facts: within },
    'pathlib.Path.relative_to': { evaluate: relativeTo },
    'pathlib.Path.exists': asked,
    'pathlib.Path.is_file': asked,
    'pathlib.Path.is_dir': truth,
    'pathlib.Path.is_symlink': truth,
    'pathlib.Path.is_absolute': truth,
    'pathlib.Path.cwd': { returns: 'pathlib.Path' },
    'pathlib.Path.home': { returns: 'pathlib.Path' },
    'pathlib.Path.open': opened,
    'pathlib.Path.read_text': read,
    'pathlib.Path.read_bytes': read,
    'pathlib.Path.iterdir': { evaluate: () => listOf([], { ...nothing, type: 'pathlib.Path' }) },
    'pathlib.Path.glob': { evaluate: () => listOf([], { ...nothing, type: 'pathlib.Path' }) },
    'pathlib.Path.rglob': { evaluate: () => listOf([], { ...nothing, type: 'pathlib.Path' }) },
    open: opened,
    file: opened,
    'io.File.read': read,
    'io.File.readline': read,
    'io.File.readlines': read,
    'io.File.write': { from: 'none', returns: 'int' },
    'io.BytesIO': { evaluate: ({ positional }) => derived(positional) },
    'io.StringIO': { evaluate: ({ positional }) => derived(positional) },
    'os.listdir': { evaluate: () => listOf([], nothing) },
    'os.walk': { evaluate: () => listOf([], nothing) },
    'os.stat': { from: 'none', returns: 'os.stat_result' },
    'glob.glob': { evaluate: () => listOf([], nothing) },
  },
  sinks: {
    open: file(0, 'file', 'path'),
    file: file(0),
    'os.open': file(0, 'path'),
    'os.remove': file(0, 'path'),
    'os.unlink': file(0, 'path'),
    'os.rmdir': file(0, 'path'),
    'os.removedirs': file(0),
    'os.rename': [...file(0, 'src'), ...file(1, 'dst')],
    'os.replace': [...file(0, 'src'), ...file(1, 'dst')],
    'os.mkdir': file(0, 'path'),
    'os.makedirs': file(0, 'name'),
    'os.listdir': file(0, 'path'),
    'os.scandir': file(0, 'path'),
    'os.symlink': [...file(0), ...file(1)],
    'os.chmod': file(0),
    'shutil.copy': [...file(0, 'src'), ...file(1, 'dst')],
    'shutil.copyfile': [...file(0, 'src'), ...file(1, 'dst')],
    'shutil.copy2': [...file(0, 'src'), ...file(1, 'dst')],
    'shutil.copytree': [...file(0), ...file(1)],
    'shutil.move': [...file(0, 'src'), ...file(1, 'dst')],
    'shutil.rmtree': file(0, 'path'),
    'pathlib.Path.open': file('receiver'),
    'pathlib.Path.read_text': file('receiver'),
    'pathlib.Path.read_bytes': file('receiver'),
    'pathlib.Path.write_text': file('receiver'),
    'pathlib.Path.write_bytes': file('receiver'),
    'pathlib.Path.unlink': file('receiver'),
    'pathlib.Path.mkdir': file('receiver'),
    'pathlib.Path.rmdir': file('receiver'),
    'pathlib.Path.iterdir': file('receiver'),
  },
})
