import type { CallEvent, ReturnEvent, SetEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, textOf, type Value } from '../../engine/value.ts'
import { judge, type Levels } from '../judge.ts'
import { optionIn } from '../option.ts'
import { defineRule, onCall, onSet, onSink, type Report } from '../rule.ts'
import { judgeAddressesIn, mayBeScript } from '../script-address.ts'

const levels: Levels = { user: 'high', console: 'medium', network: 'low', unknown: 'low', parameter: 'low' }

function judgeAddress(value: Value | undefined, machine: Machine): Report | undefined {
  if (value === undefined) return undefined
  const begun = formsOf(value)?.every((form) => typeof form[0] === 'string' && form[0] !== '')
  return begun === true
    ? undefined
    : judge(
        machine
          .exposed(value, 'html')
          .filter((taint) => mayBeScript(taint, machine)),
        levels,
      )
}

/** `<a href={address}>` */
function checkElement({ positional }: CallEvent, machine: Machine): Report | undefined {
  const [tag, properties] = positional
  const name = textOf(tag)
  if (name === 'a') return judgeOnlyUser(optionIn(properties, 'href'), machine)
  return name === 'iframe' || name === 'embed' || name === 'object'
    ? judgeOnlyUser(optionIn(properties, 'src', 'data'), machine)
    : undefined
}

function judgeOnlyUser(value: Value | undefined, machine: Machine): Report | undefined {
  const report = judgeAddress(value, machine)
  return report?.tier === 'vulnerability' ? report : undefined
}

/** `link.attr('href', address)`, `link.setAttribute('href', address)` */
function checkCall({ positional }: CallEvent, machine: Machine): Report | undefined {
  return /^(href|src|action|formaction)$/i.test(textOf(positional[0]) ?? '') ? judgeAddress(positional[1], machine) : undefined
}

function checkSet({ owner, value, how }: SetEvent, machine: Machine): Report | undefined {
  return how === 'attribute' && owner?.type?.startsWith('dom.') === true && owner.type !== 'dom.Location'
    ? judgeAddress(value, machine)
    : undefined
}

const checkMarkup = ({ value }: SinkEvent | ReturnEvent, machine: Machine): Report | undefined => judgeAddressesIn(value, machine)

export const scriptUrl = defineRule({
  id: 'javascript/script-url',
  title: 'Address from outside that may be a script',
  cwe: 79,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "An address is taken from outside: with `javascript:` it is a program that runs here with the reader's session. Accept `https:` alone (`new URL(address).protocol`).",
  listeners: [
    onSink('html', checkMarkup),
    { on: 'return', check: checkMarkup },
    onCall(['react.createElement'], checkElement),
    onCall(['*.attr', '*.setAttribute', '*.prop'], checkCall),
    onSet((name) => /^(href|src|action|formAction)$/.test(name), checkSet),
  ],
})
