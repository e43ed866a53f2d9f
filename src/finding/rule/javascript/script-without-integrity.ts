import type { CallEvent, SetEvent, SinkEvent } from '../../engine/event.ts'
import type { Machine } from '../../engine/machine.ts'
import { formsOf, textOf, type Value } from '../../engine/value.ts'
import { judge, reportAt } from '../judge.ts'
import { isWhole, optionIn } from '../option.ts'
import { defineRule, onCall, onSet, onSink, type Report } from '../rule.ts'
import { literalText } from '../sql-text.ts'

const foreign = /^(https?:)?\/\/./

function checkElement({ positional }: CallEvent): Report | undefined {
  const [tag, properties] = positional
  if (textOf(tag) !== 'script' || !isWhole(properties) || optionIn(properties, 'integrity') !== undefined) return undefined
  return judgeAddress(optionIn(properties, 'src'))
}

/** What is not encrypted on its way can be anything when it comes. */
function judgeAddress(value: Value | undefined): Report | undefined {
  const address = textOf(value) ?? ''
  if (!foreign.test(address)) return undefined
  return /^http:\/\/(?!localhost|127\.)/.test(address) ? reportAt('medium') : reportAt('low')
}

/** `<script src="https://...">` in a page that is sent. */
function checkText({ value }: SinkEvent): Report | undefined {
  const tags =
    formsOf(value)?.flatMap((form) => literalText(form).match(/<script\b[^>]*\bsrc\s*=\s*["']?(https?:)?\/\/[^>]*>/gi) ?? []) ?? []
  return tags.some((tag) => !/\bintegrity\s*=/i.test(tag)) ? reportAt('low') : undefined
}

/** `script.src = address` */
function checkSet({ owner, value, how }: SetEvent, machine: Machine): Report | undefined {
  if (how !== 'attribute' || owner?.type !== 'dom.Script') return undefined
  const begun = formsOf(value)?.every((form) => typeof form[0] === 'string' && /^(https?:)?\/\/[^/]+\/|^\/[^/]/.test(form[0]))
  return judgeAddress(value) ?? (begun === true ? undefined : judge(machine.exposed(value, 'html'), { user: 'high', network: 'medium' }))
}

export const scriptWithoutIntegrity = defineRule({
  id: 'javascript/script-without-integrity',
  title: 'Script of another site without a digest',
  cwe: 830,
  owasp: 'A08:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'The page runs whatever that site answers, today and after it is taken over. Serve the script yourself, or add `integrity="sha384-..."` and `crossorigin`.',
  listeners: [onCall(['react.createElement'], checkElement), onSink('html', checkText), onSet((name) => name === 'src', checkSet)],
})
