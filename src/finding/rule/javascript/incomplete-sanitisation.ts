import type { CallEvent } from '../../engine/event.ts'
import { textOf } from '../../engine/value.ts'
import { onCall as fixCall } from '../../fix/javascript/call.ts'
import { isGlobal, patternIn } from '../../model/javascript/regex.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

const special = /^(['"<>&\\`|;]|\.\.\/?|<\/?script>?|javascript:)$/i

/** Only the first of many is replaced; or a tag is cut out, whose pieces make a new one. */
function check({ receiver, positional, last }: CallEvent): Report | undefined {
  const [old, added] = positional
  if (receiver === undefined || textOf(receiver) !== undefined || old === undefined || added?.target?.kind === 'function') return undefined
  const pattern = patternIn(old)
  if (pattern === undefined) return last === 'replace' && special.test(textOf(old) ?? '') ? reportAt('habit') : undefined
  if (!isGlobal(old)) return special.test(pattern.replace(/^\\/, '')) ? reportAt('habit') : undefined
  return /^<(\\?\/?\(?)*script/i.test(pattern) || (textOf(added) === '' && /^(\\\.){2}(\\\/|\/)$/.test(pattern))
    ? reportAt('habit')
    : undefined
}

export const incompleteSanitisation = defineRule({
  id: 'javascript/incomplete-sanitisation',
  title: 'Only the first dangerous character replaced',
  cwe: 116,
  owasp: 'A03:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'A text as first argument of `replace` stands for its first occurrence: the second quote, bracket or `../` comes through; and what is cut out of `....//` leaves `../`. Use `replaceAll`, a pattern with the flag `g`, or better a library that escapes for the place it goes to.',
  listeners: [onCall(['*.replace'], check)],
  fixes: [
    {
      title: 'Every occurrence is replaced, not only the first.',
      behaviour: 'stricter',
      edit: fixCall(({ site, callee, last, arguments: [pattern] }) => {
        // Of `....//` every `../` taken out leaves one.
        if (last !== 'replace' || pattern === undefined || site.textOf(pattern).includes('..')) return []
        if (pattern.type === 'string') return [site.replace({ start: callee.end - last.length, end: callee.end }, 'replaceAll')]
        return pattern.type === 'regex' && !/\/\w*g\w*$/.test(site.textOf(pattern)) ? [site.insert(pattern.end, 'g')] : []
      }),
    },
  ],
})
