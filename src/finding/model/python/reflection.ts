import { globalValue, itemOf, store } from '../../engine/access.ts'
import { unmodelled } from '../../engine/call.ts'
import { noteHandedOver } from '../../engine/escape.ts'
import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { mayBeDangerous, membersAsItems, modules, namespace, ownVariables, reach } from '../../engine/reach.ts'
import { bit } from '../../engine/taint.ts'
import { derived, join, nothing, safeFor, textOf, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

const name = (at: number): Sink[] => [sink('reflection', at)]

/** A name that is known is no secret, however it is put together: `getattr(os, 'sys' + 'tem')` is `os.system`. */
function attribute({ positional, node }: CallEvent, machine: Machine): Value {
  const [object, called, otherwise] = positional
  const found = object === undefined || called === undefined ? undefined : reach(machine, object, { name: called, span: node })
  return found === undefined ? derived(positional) : (join(found, otherwise) ?? nothing)
}

/** `os.__getattribute__('system')`, or of another object: `type(os).__getattribute__(os, 'system')`. */
function ownAttribute(call: CallEvent, machine: Machine): Value {
  const { receiver = nothing, positional } = call
  return attribute({ ...call, positional: positional.length > 1 ? positional : [receiver, ...positional] }, machine)
}

/** `type('T', (), {...})`: what its methods run cannot be seen where they are called. */
function madeClass(call: CallEvent, machine: Machine): Value | undefined {
  if (call.positional.length !== 3) return undefined
  noteHandedOver(machine, call, { isRead: false, isAsked: true })
  return unmodelled(machine, call)
}

/** `setattr(object, 'name', value)` is `object.name = value`. */
function setAttribute(call: CallEvent, machine: Machine): Value {
  const [, named, value] = call.positional
  const target = call.node.arguments[0]?.value
  const name = textOf(named)
  const { start, end } = call.node
  if (name !== undefined && value !== undefined && target !== undefined && call.node.arguments.length === 3)
    store(machine, { kind: 'attribute', object: target, name, start, end }, { value, expression: call.node.arguments[2]?.value ?? target })
  return nothing
}

/** All members of an object with their names: which one is taken of a module, nobody can say. */
function membersOf(call: CallEvent, machine: Machine): Value {
  const [object] = call.positional
  if (object !== undefined) reach(machine, object, { name: nothing, span: call.node })
  return derived(call.positional)
}

function imported({ positional, node }: CallEvent, machine: Machine): Value {
  const [given] = positional
  const known = textOf(given)
  if (known !== undefined && !known.startsWith('.')) return globalValue(machine, known, node)
  if (given !== undefined && mayBeDangerous(machine, given)) machine.hide(node, 'loads a module by a name that cannot be known')
  return safeFor(derived(positional), bit.reflection)
}

function variables({ positional: [object] }: CallEvent, machine: Machine): Value {
  if (object === undefined) return ownVariables(machine)
  return object.target?.kind === 'global' ? membersAsItems(object) : derived([object])
}

/** What is loaded from a place that is not known, or was made while the program runs. */
const hiding = (how: string): CallModel => ({
  evaluate: (call, machine) => {
    if (textOf(call.positional[0]) === undefined) machine.hide(call.node, how)
    return unmodelled(machine, call)
  },
})

const ancestors = new Set(['__base__', '__bases__', '__mro__', 'mro'])

/** Every class that is loaded, unless it is asked of one of the program's own: the way out of emptied builtins. */
function subclasses(call: CallEvent, machine: Machine): Value {
  const { receiver, receiverName, node } = call
  const target = receiver?.target
  const isAncestor = ancestors.has(receiverName) || (target?.kind === 'method' && ancestors.has(target.name))
  const isUnknown = receiver !== undefined && target === undefined && receiver.taints.length === 0 && receiver.instance === undefined
  if (isAncestor || isUnknown || call.name.startsWith('object.')) machine.hide(node, 'picks from all classes that are loaded')
  return unmodelled(machine, call)
}

/** A function from code that is not in the file; a copy of one that is has its own code. */
function made(call: CallEvent, machine: Machine): Value {
  const target = call.positional[0]?.target
  if (target?.kind !== 'method' || !/^(__code__|func_code)$/.test(target.name)) machine.hide(call.node, 'makes a function of code that is not in the file')
  return unmodelled(machine, call)
}

/** The function that takes what is given later as its last arguments. */
const later = (of: string): CallModel => ({
  evaluate: ({ positional, keywords }, machine) => ({
    ...nothing,
    target: { kind: 'partial', of: globalValue(machine, of, { start: 0, end: 0 }), given: positional, keywords },
  }),
})

function attributeOfLast({ positional, node }: CallEvent, machine: Machine): Value {
  const [called, object] = positional
  if (called === undefined || object === undefined) return derived(positional)
  const path = textOf(called)?.split('.') ?? []
  if (path.length < 2) return reach(machine, object, { name: called, span: node }) ?? derived(positional)
  return path.reduce((value, part) => reach(machine, value, { name: { ...nothing, constants: [part] }, span: node }) ?? nothing, object)
}

function itemOfLast({ positional: [index, object], node }: CallEvent, machine: Machine): Value {
  return index === undefined || object === undefined ? derived([object]) : itemOf(machine, object, { index, span: node })
}

function methodOfLast(call: CallEvent, machine: Machine): Value {
  const [called, ...others] = call.positional
  const object = others.pop()
  if (called === undefined || object === undefined) return derived(call.positional)
  const method = reach(machine, object, { name: called, span: call.node })
  return method?.target === undefined ? derived(call.positional, { weak: true }) : invoke(machine, method, others, { ...call, keywords: new Map() })
}

const builtin = ['eval', 'exec', 'execfile', 'compile', 'open', 'input', 'getattr', 'setattr', 'vars', 'globals', 'locals', 'map', 'filter']

/** What finds functions and modules by their names, or makes them. */
export const reflection = defineModel({
  name: 'reflection',
  ambient: { __builtins__: 'builtins' },
  aliases: {
    ...Object.fromEntries(builtin.flatMap((member) => [[`builtins.${member}`, member], [`__builtin__.${member}`, member]])), // prettier-ignore
    __builtin__: 'builtins',
    posix: 'os',
    nt: 'os',
    __import__: 'importlib.import_module',
    'builtins.__import__': 'importlib.import_module',
    'importlib.__import__': 'importlib.import_module',
    'django.utils.module_loading.import_string': 'importlib.import_module',
    'werkzeug.utils.import_string': 'importlib.import_module',
    'pkgutil.resolve_name': 'importlib.import_module',
    'pydoc.locate': 'importlib.import_module',
    'imp.load_source': 'importlib.util.spec_from_file_location',
    'types.CodeType': 'types.FunctionType',
  },
  values: {
    'sys.modules': { type: modules },
    '*.__globals__': { type: namespace },
  },
  calls: {
    getattr: { evaluate: attribute },
    type: { evaluate: madeClass },
    setattr: { evaluate: setAttribute },
    'object.__getattribute__': { evaluate: attribute },
    '*.__getattribute__': { evaluate: ownAttribute },
    'inspect.getmembers': { evaluate: membersOf },
    '*.load_module': { evaluate: imported },
    vars: { evaluate: variables },
    globals: { evaluate: () => membersAsItems(nothing) },
    locals: { evaluate: (_, machine) => ownVariables(machine) },
    'importlib.import_module': { evaluate: imported },
    [`${modules}.pop`]: { from: 'none' },
    'runpy.run_path': hiding('runs a file that cannot be known'),
    'runpy.run_module': hiding('runs a module that cannot be known'),
    '*.__subclasses__': { evaluate: subclasses },
    'types.FunctionType': { evaluate: made },
    'operator.attrgetter': later('operator.attrgetter.of'),
    'operator.itemgetter': later('operator.itemgetter.of'),
    'operator.methodcaller': later('operator.methodcaller.of'),
    'operator.attrgetter.of': { evaluate: attributeOfLast },
    'operator.itemgetter.of': { evaluate: itemOfLast },
    'operator.methodcaller.of': { evaluate: methodOfLast },
  },
  sinks: {
    'importlib.import_module': name(0),
    setattr: [{ ...sink('reflection', 1), variant: 'set' }],
    getattr: name(1),
  },
})
