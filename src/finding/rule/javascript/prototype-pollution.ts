import type { CallEvent, SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { type Taint, wholeOf } from '../../engine/taint.ts'
import { elementOf, type Value } from '../../engine/value.ts'
import type { FunctionNode } from '../../ir/statement.ts'
import { judge, reportAt, type Levels } from '../judge.ts'
import { defineRule, onAnyCall, onCall, onSet, type Report } from '../rule.ts'

const levels: Levels = { user: 'high', network: 'medium', parameter: 'medium' }

/** `object[a][b] = value`: with `__proto__` for `a`, every object of the program gets `b`. */
function checkSet({ how, key, owner }: SetEvent, machine: Machine): Report | undefined {
  if (how !== 'key' || key === undefined || owner === undefined || isPlainStore(owner)) return undefined
  const inside = owner.items === undefined ? [] : elementOf(owner).taints.map(({ origin }) => origin)
  const mark = machine.marks(owner, 'reflected', 'reflection').find(({ origin }) => !inside.includes(origin))
  if (mark === undefined) return undefined
  // What a caller names is its own affair, unless one text names the whole way: `a.b.c`, or what is copied name by name.
  const isOne = ({ origin }: Taint) => origin.kind !== 'parameter' || wholeOf(origin) === wholeOf(mark.origin)
  return judge(namesIn(key, machine).filter(isOne), levels)
}

const isPlainStore = (value: Value) => value.type === 'Map' || value.type === 'Set'

/** Names from outside that were not compared with `__proto__`. */
function namesIn(key: Value, machine: Machine): Taint[] {
  return key.type === 'int' ? [] : machine.exposed(key, 'reflection')
}

/** `merge(target[key], source[key])` inside `merge`: the next round down writes into what `key` names. */
function checkRecursion(call: CallEvent, machine: Machine): Report | undefined {
  const { target } = call.callee
  if (target?.kind !== 'function' || !machine.running.includes(target.function)) return undefined
  if (!writesUnknownNames(target.function)) return undefined
  const chosen = call.positional.flatMap((value) => machine.marks(value, 'reflected', 'reflection').slice(0, 1))
  const [mark] = chosen
  if (mark === undefined || (chosen.length < 2 && !goesOn(call, mark))) return undefined
  return reportAt(mark.weak ? 'low' : 'medium', mark)
}

/** `set(object[first], rest, value)`: the rest of the way is a part of what named the first. */
function goesOn({ positional }: CallEvent, mark: Taint): boolean {
  return positional.some(({ aspect, taints }) => aspect === 'part' && taints.some(({ origin }) => wholeOf(origin) === wholeOf(mark.origin)))
}

const writers = new WeakMap<FunctionNode, boolean>()

/** Whether the function writes under a name that it does not know. */
function writesUnknownNames(node: FunctionNode): boolean {
  let writes = writers.get(node)
  if (writes === undefined) writers.set(node, (writes = /"(target":\{"kind":"index"|key":\{"kind":"name")/.test(JSON.stringify(node.body))))
  return writes
}

/** Libraries that merge whatever they are given. */
function checkMerge({ positional }: CallEvent, machine: Machine): Report | undefined {
  const sources = positional.slice(1)
  return sources.map((value) => judge(opaque(value, machine), { user: 'high' })).find((report) => report !== undefined)
}

function opaque(value: Value, machine: Machine): Taint[] {
  return value.items === undefined ? machine.exposed(value, 'reflection') : []
}

/** `set(object, path, value)` */
function checkPath({ positional }: CallEvent, machine: Machine): Report | undefined {
  const [, path] = positional
  return path === undefined ? undefined : judge(machine.exposed(path, 'reflection'), { user: 'high' })
}

export const prototypePollution = defineRule({
  id: 'javascript/prototype-pollution',
  title: 'Property of every object set from outside',
  cwe: 1321,
  owasp: 'A03:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'A name from outside chooses what is written into: with `__proto__` it is the prototype of every object, and `{"__proto__": {"isAdmin": true}}` makes everybody an administrator. Refuse `__proto__`, `constructor` and `prototype`, keep such data in a `Map` or in `Object.create(null)`, or copy the names that you know.',
  listeners: [
    onSet((name) => name === '', checkSet),
    onAnyCall(checkRecursion),
    onCall(
      [
        'lodash.merge',
        'lodash.defaultsDeep',
        'lodash.mergeWith',
        'jquery.extend',
        'deepmerge',
        'merge-deep',
        'deep-extend',
        'defaults-deep',
        'extend',
        'merge',
      ],
      checkMerge,
    ),
    onCall(['lodash.set', 'lodash.setWith', 'lodash.update', 'dot-prop.set', 'object-path.set', 'set-value', 'dottie.set'], checkPath),
  ],
})
