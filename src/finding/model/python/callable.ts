import { invoke } from '../../engine/callback.ts'
import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { derived, elementOf, join, joinAll, listOf, nothing, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel } from '../model.ts'

const plain = (call: CallEvent): CallEvent => ({ ...call, keywords: new Map() })
const isCallable = (value: Value | undefined) => value?.target !== undefined

function bound({ positional: [of, ...given], keywords }: CallEvent): Value {
  return of === undefined || !isCallable(of) ? derived([of, ...given, ...keywords.values()], { weak: true }) : { ...nothing, target: { kind: 'partial', of, given, keywords } }
}

/** A few known members are taken one by one, so that each keeps its place. */
function mapEach(call: CallEvent, machine: Machine): Value {
  const [by, ...lists] = call.positional
  if (by?.target?.kind === 'global' && /^(int|float)$/.test(by.target.name)) return listOf([], { ...nothing, type: 'int' })
  const run = (members: readonly Value[]) => (isCallable(by) ? invoke(machine, by, members, plain(call)) : joinAll(members))
  const [first, ...others] = lists
  if (others.length === 0 && first?.items?.kind === 'list' && first.items.rest === undefined && first.items.values.length <= 16)
    return listOf(first.items.values.map((member) => run([member])))
  return listOf([], run(lists.map(elementOf)))
}

function filter(call: CallEvent, machine: Machine): Value {
  const [by, list = nothing] = call.positional
  if (isCallable(by)) invoke(machine, by, [elementOf(list)], plain(call))
  return listOf([], elementOf(list))
}

function reduce(call: CallEvent, machine: Machine): Value {
  const [by, list = nothing, start] = call.positional
  const member = elementOf(list)
  const once = invoke(machine, by, [start ?? member, member], plain(call))
  return isCallable(by) ? (join(once, start) ?? once) : derived([list, start], { weak: true })
}

/** Runs what it is given later, or elsewhere: the function at a place (or under a name), with what follows it. */
const starts = (at: number, ...names: string[]): CallModel => ({
  evaluate: (call, machine) => {
    const called = names.map((name) => call.keywords.get(name)).find((value) => value !== undefined) ?? call.positional[at]
    return isCallable(called) ? invoke(machine, called, call.positional.slice(at + 1), plain(call)) : derived([...call.positional, ...call.spread], { weak: true })
  },
})

/** `Thread(target=run, args=(x,))` */
const startsWithList = (at: number, name: string): CallModel => ({
  evaluate: (call, machine) => {
    const called = call.keywords.get(name) ?? call.positional[at]
    const list = call.keywords.get('args') ?? call.positional[at + 1]
    const given = list?.items?.kind === 'list' && list.items.rest === undefined ? list.items.values : list === undefined ? [] : [elementOf(list)]
    return isCallable(called) ? invoke(machine, called, given, plain(call)) : derived([...call.positional, ...call.keywords.values()], { weak: true })
  },
})

const itself: CallModel = { evaluate: ({ positional }) => positional[0] }

/** What takes a function and runs it, now or later. */
export const callable = defineModel({
  name: 'callable',
  aliases: { 'itertools.imap': 'map', 'itertools.starmap': 'map' },
  calls: {
    // What they give runs what they were given.
    ...Object.fromEntries(['staticmethod', 'classmethod', 'contextlib.nullcontext', 'enum.member', 'functools.lru_cache', 'functools.cache'].map((name) => [name, itself])),
    'operator.call': starts(0, 'obj'),
    '*.imap': { evaluate: mapEach },
    '*.imap_unordered': { evaluate: mapEach },
    '*.starmap': { evaluate: mapEach },
    'functools.partial': { evaluate: bound },
    'functools.reduce': { evaluate: reduce },
    map: { evaluate: mapEach },
    filter: { evaluate: filter },
    'threading.Thread': startsWithList(1, 'target'),
    'multiprocessing.Process': startsWithList(1, 'target'),
    'threading.Timer': startsWithList(1, 'function'),
    'multiprocessing.Pool.apply': startsWithList(0, 'func'),
    'asyncio.to_thread': starts(0, 'func'),
    'atexit.register': starts(0, 'func'),
    '*.run_in_executor': starts(1, 'func'),
    'concurrent.futures.ThreadPoolExecutor.map': { evaluate: mapEach },
    'concurrent.futures.ProcessPoolExecutor.map': { evaluate: mapEach },
    'concurrent.futures.ThreadPoolExecutor': { returns: 'concurrent.futures.ThreadPoolExecutor' },
    'concurrent.futures.ProcessPoolExecutor': { returns: 'concurrent.futures.ProcessPoolExecutor' },
    '*.submit': starts(0, 'fn'),
    '*.apply_async': startsWithList(0, 'func'),
    '*.call_soon': starts(0, 'callback'),
    '*.call_later': starts(1, 'callback'),
  },
})
