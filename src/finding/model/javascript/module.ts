import { global, globalValue } from '../../engine/access.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { derived, textOf, type Value } from '../../engine/value.ts'
import { defineModel, sink } from '../model.ts'

/** `require('fs')` is the module; one beside this file is ours. */
function required({ positional, node }: CallEvent, machine: Machine): Value {
  const name = textOf(positional[0])
  if (name === undefined) return derived(positional, { weak: true })
  return name.startsWith('.') ? global(name.replace(/^\.+/, 'local.')) : globalValue(machine, name, node)
}

export const module = defineModel({
  name: 'module',
  ambient: { require: 'require', globalThis: 'globalThis', module: 'module', exports: 'exports' },
  calls: { require: { evaluate: required } },
  sinks: { require: [sink('reflection', 0)] },
})
