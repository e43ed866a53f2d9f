import type { CallEvent } from './event.ts'
import type { Machine } from './machine.ts'
import { isArsenal, isWeapon, namespace } from './reach.ts'
import type { Value } from './value.ts'
import type { Span } from '../ir/expression.ts'

// These look at a function and do not run it.
const looking = /^(isinstance|issubclass|callable|hasattr|type|id|repr|str|print|hash|format|cast|signature|getsource|patch|object|setattr|delattr|spec|Mock|MagicMock|toBe|toEqual|toHaveBeenCalled\w*|expect|assert\w*|mock\w*|spyOn|spy|stub|promisify|dir|hasattr|reload|keys|freeze)$/

// Described for the values in their arguments, not for the functions.
const loses = /^(?:set(?:Timeout|Interval|Immediate)|Array\.from|Object\.(?:assign|create|values|entries|fromEntries|setPrototypeOf)|Map)$/

/**
 * A function that runs commands or programs, handed to something that is not read: under what name it comes back, and what it is called with,
 * cannot be known. `isRead`: the callee is known, and only what it is told to call by (`key=`) is not followed.
 */
export function noteHandedOver(machine: Machine, call: CallEvent, { isRead, isAsked = false }: { isRead: boolean; isAsked?: boolean }): void {
  if (looking.test(call.last) && !isAsked) return
  const key = call.keywords.get('key')
  const isLost = call.receiver?.type === namespace || loses.test(call.name)
  const given = isRead && !isLost ? (key === undefined ? [] : [key]) : [...call.positional, ...call.keywords.values()].flatMap((value) => withMembers(value))
  noteEscape(machine, given, { span: call.node, how: 'hands {} to what is not read' })
}

/** A function or class that is handed to one that runs commands, by standing below its name. */
export function noteDecorator(machine: Machine, decorator: Value, span: Span): void {
  noteEscape(machine, [decorator], { span, how: 'decorates with {}' })
}

/** What a function gives that others call for it: a property has no call to be seen. */
export function noteReturned(machine: Machine, value: Value, span: Span): void {
  noteEscape(machine, [value], { span, how: 'gives {} away where no call is seen' })
}

/** All members of a module, copied to where none of them can be told from others. */
export function noteSpread(machine: Machine, value: Value, span: Span): void {
  if (isArsenal(machine, value)) noteEscape(machine, [value], { span, how: 'copies the members of {}' })
}

/** A name that is made at run time (`globals()['run'] = os.system`), or under which nobody looks here (`Type.prototype.run = exec`). */
export function noteStored(machine: Machine, value: Value, { owner, span }: { owner: Value; span: Span }): void {
  const isWhole = owner.target?.kind === 'global' && /^(?:globalThis|window|self)$/.test(owner.target.name)
  const isPrototype = owner.target?.kind === 'method' && owner.target.name === 'prototype'
  if (owner.type === namespace || isWhole || isPrototype) noteEscape(machine, [value], { span, how: 'puts {} under a name made at run time' })
}

function noteEscape(machine: Machine, values: readonly Value[], { span, how }: { span: Span; how: string }): void {
  const target = values.find((value) => isWeapon(machine, value) || isArsenal(machine, value))?.target
  if (target?.kind === 'global') machine.hide(span, how.replace('{}', () => `\`${target.name}\``))
}

function withMembers(value: Value, depth = 0): Value[] {
  const { items } = value
  if (items === undefined || depth > 2) return [value]
  const members = items.kind === 'list' ? items.values : [...items.entries.values()]
  return [value, ...members.slice(0, 50).flatMap((member) => withMembers(member, depth + 1))]
}
