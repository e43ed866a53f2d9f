import type { CallEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { bit } from '../../engine/taint.ts'
import { derived, nothing, safeFor, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

const set: Value = { ...nothing, type: 'jquery.Set' }
const traversals = ['find', 'parent', 'parents', 'closest', 'children', 'next', 'prev', 'siblings', 'first', 'last', 'eq', 'filter', 'not', 'end', 'addClass', 'removeClass', 'toggleClass', 'show', 'hide', 'css', 'on', 'off', 'empty', 'clone', 'append', 'prepend', 'appendTo', 'prependTo', 'before', 'after', 'insertBefore', 'insertAfter', 'wrap', 'remove', 'replaceWith', 'each', 'click', 'trigger', 'fadeIn', 'fadeOut'] // prettier-ignore

/** What is typed into a page, or shown on it, is a text that others may have written. */
function shown(call: CallEvent, machine: Machine): Value {
  return machine.source('console', { key: `${call.last}@${call.node.start}`, label: 'a text of the page', span: call.node, type: 'str' })
}

/** `field.val()` asks, `field.val(text)` sets. */
const asking = (most: number): CallModel => ({
  evaluate: (call, machine) => (call.node.arguments.length <= most ? shown(call, machine) : set),
})

/** `$('<div/>').text(value).html()` is the value, escaped. */
function text(call: CallEvent, machine: Machine): Value {
  return call.node.arguments.length === 0 ? shown(call, machine) : { ...safeFor(derived(call.positional), bit.html), type: 'jquery.Set' }
}

function html({ receiver, node }: CallEvent): Value | undefined {
  if (node.arguments.length > 0) return set
  return receiver?.type === 'jquery.Set' ? { ...derived([receiver]), type: 'str' } : undefined
}

const markup = (at: Sink['at'], variant: string): Sink[] => [{ ...sink('html', at), variant }]

export const jquery = defineModel({
  name: 'jquery',
  ambient: { $: 'jquery', jQuery: 'jquery' },
  aliases: { 'window.jQuery': 'jquery', 'window.$': 'jquery', jQuery: 'jquery' },
  calls: {
    jquery: { evaluate: () => set },
    'jquery.parseHTML': { from: 0 },
    ...Object.fromEntries(traversals.map((name) => [`jquery.Set.${name}`, { evaluate: () => set }])),
    'jquery.Set.text': { evaluate: text },
    'jquery.Set.html': { evaluate: html },
    'jquery.Set.val': asking(0),
    'jquery.Set.attr': asking(1),
    'jquery.Set.data': asking(1),
    'jquery.Set.prop': asking(1),
    '*.val': asking(0),
    '*.html': { evaluate: html },
  },
  sinks: {
    jquery: markup(0, 'selector'),
    'jquery.parseHTML': markup(0, 'dom'),
    'jquery.globalEval': [sink('code', 0)],
    '*.html': markup(0, 'html'),
    '*.append': markup(0, 'append'),
    '*.prepend': markup(0, 'append'),
    '*.after': markup(0, 'append'),
    '*.before': markup(0, 'append'),
    '*.appendTo': markup('receiver', 'append'),
    '*.replaceWith': markup(0, 'append'),
  },
})

/** Whether a call is of a set of elements: by what it is made of, or by the mark that people give their names. */
export function isOfElements({ receiver, node }: CallEvent): boolean {
  if (receiver?.type === 'jquery.Set') return true
  let object = node.callee
  while (object.kind === 'attribute' || object.kind === 'call') {
    if (object.kind === 'attribute' && object.name.startsWith('$')) return true
    object = object.kind === 'attribute' ? object.object : object.callee
  }
  return object.kind === 'name' && /^(\$|jQuery)/.test(object.name)
}
