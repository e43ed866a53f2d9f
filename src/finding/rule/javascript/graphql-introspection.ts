import type { SetEvent } from '../../engine/event.ts'
import { constantOf } from '../../engine/value.ts'
import { changedOptions } from '../../fix/javascript/option.ts'
import { reportAt } from '../judge.ts'
import { defineRule, onSet, type Report } from '../rule.ts'

function check({ value, how }: SetEvent): Report | undefined {
  return how === 'key' && constantOf(value) === true ? reportAt('low') : undefined
}

export const graphqlIntrospection = defineRule({
  id: 'javascript/graphql-introspection',
  title: 'Schema shown to everybody',
  cwe: 200,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message:
    'Every visitor reads the whole schema, internal fields included, and gets a page to try them. Switch it on in development alone.',
  listeners: [onSet((name) => /^(introspection|playground|graphiql)$/.test(name), check)],
  fixes: [
    {
      title: 'The schema is not shown to visitors.',
      behaviour: 'stricter',
      edit: changedOptions({ introspection: [/^true$/, 'false'], playground: [/^true$/, 'false'], graphiql: [/^true$/, 'false'] }),
    },
  ],
})
