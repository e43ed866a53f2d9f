import type { Edit } from '../../../records/finding.ts'
import type { CallEvent, FunctionEvent, SetEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { onCall as fixCall, onValue } from '../../fix/python/call.ts'
import type { Site } from '../../fix/site.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

function check({ decorators }: FunctionEvent): Report | undefined {
  return decorators.some(({ name }) => /(^|\.)csrf_exempt$|^\?\.exempt$|csrf\.exempt$/.test(name)) ? reportAt('medium') : undefined
}

function checkSet({ name, value }: SetEvent): Report | undefined {
  return /^(WTF_CSRF_ENABLED|WTF_CSRF_CHECK_DEFAULT|CSRF_ENABLED)$/.test(name) && constantOf(value) === false
    ? reportAt('medium')
    : undefined
}

const checkCall = ({ positional }: CallEvent): Report | undefined =>
  positional[0]?.target?.kind === 'function' ? reportAt('medium') : undefined

function withoutDecorator(site: Site): Edit[][] {
  const decorator = site
    .around('decorated_definition')
    ?.children.find((child) => child.type === 'decorator' && /csrf_exempt$|\.exempt$/.test(site.textOf(child)))
  if (decorator === undefined) return []
  const next = site.text.slice(decorator.end).search(/\S/)
  return [[site.replace({ start: decorator.start, end: decorator.end + next }, '')]]
}

export const csrfDisabled = defineRule({
  id: 'python/csrf-disabled',
  title: 'Requests forged from other sites',
  cwe: 352,
  owasp: 'A01:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    "The check for forged requests is off: another site makes the visitor's browser send this request with the visitor's session. Leave it on; for an interface without cookies use tokens in a header.",
  listeners: [
    { on: 'function', check },
    onSet((name) => /^(WTF_CSRF_ENABLED|WTF_CSRF_CHECK_DEFAULT|CSRF_ENABLED)$/.test(name), checkSet),
    onCall(['django.views.decorators.csrf.csrf_exempt'], checkCall),
  ],
  fixes: [
    {
      title: 'The protection is on.',
      behaviour: 'may-change',
      edit: onValue((value, site) => (value.type === 'false' ? [site.replace(value, 'True')] : [])),
    },
    {
      title: 'The view is protected as the others are: forms and clients that send no token are refused.',
      behaviour: 'may-change',
      edit: (site) => [
        ...withoutDecorator(site),
        ...fixCall((call) => (call.arguments.length === 1 ? [site.replace(call.node, call.textOf(call.arguments[0]))] : []))(site),
      ],
    },
  ],
})
