import type { CallEvent, SetEvent } from '../../engine/event.ts'
import { constantOf, type Value } from '../../engine/value.ts'
import { onCall as fixCall, onValue } from '../../fix/python/call.ts'
import { fromEnvironment, quoted } from '../../fix/python/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onCall, onSet, type Report } from '../rule.ts'

const isAny = (value: Value | undefined) =>
  constantOf(value) === '*' || (value?.items?.kind === 'list' && value.items.values.some((item) => constantOf(item) === '*'))
const withCredentials = (call: CallEvent) =>
  ['allow_credentials', 'supports_credentials'].some((name) => constantOf(call.keywords.get(name)) === true)

function check(call: CallEvent): Report | undefined {
  const { keywords } = call
  const resources = keywords.get('resources')
  const nested =
    resources?.items?.kind === 'map'
      ? [...resources.items.entries.values()].map((value) => (value.items?.kind === 'map' ? value.items.entries.get('origins') : undefined))
      : []
  const any = [keywords.get('allow_origins'), keywords.get('origins'), keywords.get('allow_origin_regex'), ...nested].some(
    (value) => isAny(value) || constantOf(value) === '.*',
  )
  const open = any || (/CORS$|cross_origin$/.test(call.name) && !keywords.has('origins') && resources === undefined)
  return open ? reportAt(withCredentials(call) ? 'medium' : 'habit') : undefined
}

function checkSet({ name, value }: SetEvent): Report | undefined {
  if (/^Access-Control-Allow-Origin$/i.test(name) && constantOf(value) === '*') return reportAt('habit')
  return /^(CORS_ORIGIN_ALLOW_ALL|CORS_ALLOW_ALL_ORIGINS)$/.test(name) && constantOf(value) === true ? reportAt('habit') : undefined
}

export const corsAnyOrigin = defineRule({
  id: 'python/cors-any-origin',
  title: 'Every site may read the answers',
  cwe: 942,
  owasp: 'A05:2021',
  severity: 'medium',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'Every site may read what this server answers; together with credentials, in the name of the visitor. List the origins that need it.',
  listeners: [
    onCall(['*.add_middleware', 'flask_cors.CORS', 'flask_cors.cross_origin', 'fastapi.middleware.cors.CORSMiddleware'], check),
    onSet((name) => /^(Access-Control-Allow-Origin|CORS_ORIGIN_ALLOW_ALL|CORS_ALLOW_ALL_ORIGINS)$/i.test(name), checkSet),
  ],
  fixes: [
    {
      title: 'The origins come from the variable ALLOWED_ORIGINS of the environment, with commas in between.',
      behaviour: 'may-change',
      edit: fixCall((call) => {
        const { site } = call
        const given = call.argument(-1, 'allow_origins', 'origins')
        const origins = fromEnvironment(site, 'ALLOWED_ORIGINS', call.node)
        if (origins === undefined || call.keyword('resources') !== undefined) return []
        const value = `${origins.text}.split(${quoted(site, ',')})`
        return [...origins.edits, ...(given === undefined ? call.with('origins', value) : [site.replace(given.value, value)])]
      }),
    },
    {
      title: 'The one origin comes from the variable ALLOWED_ORIGIN of the environment.',
      behaviour: 'may-change',
      edit: onValue((value, site) => {
        const origin = value.type === 'string' ? fromEnvironment(site, 'ALLOWED_ORIGIN', value) : undefined
        return origin === undefined
          ? value.type === 'true'
            ? [site.replace(value, 'False')]
            : []
          : [...origin.edits, site.replace(value, origin.text)]
      }),
    },
  ],
})
