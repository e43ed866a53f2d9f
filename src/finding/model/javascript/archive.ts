import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { nothing, textOf, type Value } from '../../engine/value.ts'
import { defineModel, type ValueModel } from '../model.ts'

const entryName: ValueModel = { source: 'network', label: 'a name in an archive', type: 'str' }
const entry: Value = { ...nothing, type: 'archive.Entry' }

/** `stream.on('entry', (entry) => ...)`; any other event is nobody's. */
function on(call: CallEvent, machine: Machine): Value | undefined {
  const [name, listener] = call.positional
  if (textOf(name) !== 'entry' || listener?.target === undefined) return undefined
  invoke(machine, listener, [entry], call)
  return call.receiver ?? nothing
}

/** ZIP and TAR files: whoever made one chose the names in it. */
export const archive = defineModel({
  name: 'archive',
  values: {
    'archive.Entry.path': entryName,
    'archive.Entry.name': entryName,
    'archive.Entry.fileName': entryName,
    '*.entryName': entryName,
    'archive.Entries.[]': { type: 'archive.Entry' },
  },
  calls: {
    '*.on': { runs: true, evaluate: on },
    '*.getEntries': { from: 'none', returns: 'archive.Entries' },
  },
})
