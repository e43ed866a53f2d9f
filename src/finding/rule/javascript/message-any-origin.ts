import type { CallEvent, SetEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { textOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/javascript/call.ts'
import { plainText } from '../../fix/javascript/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

/** `addEventListener('message', listener)` of a window whose listener never asks who sent it. */
function check({ positional, receiver, name }: CallEvent, machine: Machine): Report | undefined {
  if (textOf(positional[0]) !== 'message' || !(name === 'window.addEventListener' || receiver === undefined)) return undefined
  return trusts(positional[1], machine) ? reportAt('habit') : undefined
}

function trusts(listener: Value | undefined, { text }: Machine): boolean {
  if (listener?.target?.kind !== 'function') return false
  const { start, end } = listener.target.function
  return !/origin|\.source\b/.test(text.slice(start, end))
}

const checkSet = ({ value, owner, how }: SetEvent, machine: Machine): Report | undefined =>
  how === 'attribute' && owner?.target?.kind === 'global' && owner.target.name === 'window' && trusts(value, machine)
    ? reportAt('habit')
    : undefined

function checkSent({ positional }: CallEvent): Report | undefined {
  return textOf(positional[1]) === '*' ? reportAt('habit') : undefined
}

export const messageAnyOrigin = defineRule({
  id: 'javascript/message-any-origin',
  title: 'Message of any window',
  cwe: 346,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'Any page that opens or frames this one sends it messages, or reads what is sent to `*`. Compare `event.origin` with the origin you expect, and name the receiver: `postMessage(data, "https://www.example.com")`.',
  listeners: [
    onCall(['window.addEventListener', 'addEventListener'], check),
    onSet((name) => name === 'onmessage', checkSet),
    onCall(['*.postMessage', 'window.postMessage', 'window.parent.postMessage', 'window.opener.postMessage'], checkSent),
  ],
  fixes: [
    {
      title: 'Only a page of the same origin gets the message.',
      behaviour: 'may-change',
      edit: fixCall(({ site, last, arguments: given }) =>
        last === 'postMessage' && given[1] !== undefined && plainText(site, given[1]) === '*'
          ? [site.replace(given[1], 'window.location.origin')]
          : [],
      ),
    },
  ],
})
