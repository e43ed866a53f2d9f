import { global, globalValue } from '../../engine/access.ts'
import type { CallEvent } from '../../engine/event.ts'
import { linked } from '../../engine/link.ts'
import type { Machine } from '../../engine/machine.ts'
import { derived, textOf, type Value } from '../../engine/value.ts'
import { defineModel, sink } from '../model.ts'

/** `require('fs')` is the module; one beside this file is ours. */
function required({ positional, node }: CallEvent, machine: Machine): Value {
  const name = textOf(positional[0])
  if (name === undefined) return derived(positional, { weak: true })
  if (!name.startsWith('.')) return globalValue(machine, name, node)
  return linked(machine, { source: name, module: name, start: node.start }) ?? global(name.replace(/^\.+/, 'local.'))
}

export const module = defineModel({
  name: 'module',
  ambient: { require: 'require', globalThis: 'globalThis', module: 'module', exports: 'exports' },
  aliases: { 'module.require': 'require', 'process.mainModule.require': 'require' },
  calls: { require: { evaluate: required } },
  sinks: { require: [sink('reflection', 0)] },
})
