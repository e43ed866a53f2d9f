import { global, globalValue, indexed } from '../../engine/access.ts'
import { unmodelled } from '../../engine/call.ts'
import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import { linked } from '../../engine/link.ts'
import type { Machine } from '../../engine/machine.ts'
import { mayBeDangerous } from '../../engine/reach.ts'
import { derived, elementOf, nothing, textOf, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink } from '../model.ts'

/** `require('fs')` is the module; one beside this file is ours, and so is what is loaded by its place. */
function required({ positional: [given], node }: CallEvent, machine: Machine): Value {
  const name = textOf(given)
  if (name === undefined) {
    if (given !== undefined && !given.normal && mayBeDangerous(machine, given)) machine.hide(node, 'loads a module by a name that cannot be known')
    return derived([given], { weak: true })
  }
  if (!name.startsWith('.')) return globalValue(machine, name, node)
  return linked(machine, { source: name, module: name, start: node.start }) ?? global(name.replace(/^\.+/, 'local.'))
}

const membersOf = (list: Value | undefined): readonly Value[] =>
  list?.items?.kind === 'list' ? [...list.items.values, ...(list.items.rest === undefined ? [] : [list.items.rest])] : list === undefined ? [] : [elementOf(list)]

/** `Reflect.apply(f, object, list)` */
function apply(call: CallEvent, machine: Machine): Value {
  const [called, , list] = call.positional
  return called?.target === undefined ? unmodelled(machine, call) : invoke(machine, called, membersOf(list), call)
}

/** `Reflect.construct(Class, list)` */
function construct(call: CallEvent, machine: Machine): Value {
  const [called, list] = call.positional
  return called?.target === undefined ? unmodelled(machine, call) : invoke(machine, called, membersOf(list), call)
}

function get({ positional: [object = nothing, name = nothing], node }: CallEvent, machine: Machine): Value {
  return indexed(machine, object, { index: name, span: node })
}

/** `f.bind(object, first)`: without what it was called on, a function of a module is known by its name. */
function bound(call: CallEvent, machine: Machine): Value {
  const { callee, receiver, positional, node } = call
  const of = receiver ?? (callee.target?.kind === 'global' ? globalValue(machine, callee.target.name.replace(/\.bind$/, ''), node) : undefined)
  if (of?.target === undefined) return unmodelled(machine, call)
  return { ...nothing, target: { kind: 'partial', of, given: positional.slice(1), keywords: new Map() } }
}

const hiding = (how: string): CallModel => ({
  evaluate: (call, machine) => {
    machine.hide(call.node, how)
    return unmodelled(machine, call)
  },
})

const everywhere = ['eval', 'Function', 'process', 'require', 'module', 'Reflect', 'setTimeout', 'setInterval', 'Buffer', 'atob']
const constructors = ['Object', 'Array', 'String', 'Number', 'Function', 'Promise', 'Date', 'RegExp', 'Map', 'Set', 'Symbol']

/** What finds functions and modules by their names, or calls them for somebody else. */
export const reflection = defineModel({
  name: 'reflection',
  ambient: { require: 'require', globalThis: 'globalThis', global: 'globalThis', module: 'module', exports: 'exports', Reflect: 'Reflect' },
  aliases: {
    ...Object.fromEntries(everywhere.flatMap((name) => [[`globalThis.${name}`, name], [`window.${name}`, name]])), // prettier-ignore
    ...Object.fromEntries(constructors.map((name) => [`${name}.constructor`, 'Function'])),
    'module.require': 'require',
    'process.getBuiltinModule': 'require',
    'module._load': 'require',
    'module.constructor._load': 'require',
    'module.Module._load': 'require',
    'process.mainModule.require': 'require',
    'process._linkedBinding': 'process.binding',
    'module.Module.createRequire': 'module.createRequire',
    'module.createRequireFromPath': 'module.createRequire',
  },
  values: {
    '*.constructor.constructor': { is: 'Function' },
    'function.constructor': { is: 'Function' },
  },
  calls: {
    require: { evaluate: required },
    'module.createRequire': { evaluate: () => global('require') },
    'process.binding': hiding('binds what lies under Node.js'),
    'process.dlopen': hiding('loads machine code'),
    'Reflect.apply': { runs: true, evaluate: apply },
    'Reflect.construct': { runs: true, evaluate: construct },
    'Reflect.get': { evaluate: get },
    'Object.getPrototypeOf': { evaluate: ({ positional }) => (positional[0]?.target?.kind === 'function' ? positional[0] : derived(positional, { weak: true })) },
    '*.bind': { runs: true, evaluate: bound },
  },
  sinks: { require: [sink('reflection', 0)] },
})
