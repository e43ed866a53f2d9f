import { childOf } from '../../../syntax/tree.ts'
import type { HandlerEvent } from '../../engine/event.ts'
import { reportAt } from '../judge.ts'
import { defineRule, type Report } from '../rule.ts'

function check({ handler }: HandlerEvent): Report | undefined {
  return handler.body.length === 0 ? reportAt('low') : undefined
}

export const swallowedError = defineRule({
  id: 'javascript/swallowed-error',
  title: 'Error passed over in silence',
  cwe: 703,
  owasp: 'A09:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message: 'Every error is passed over in silence, a failed check of permission included. Handle what you expect, and log the rest.',
  listeners: [{ on: 'handler', check }],
  fixes: [
    {
      title: 'The error is written to the console.',
      behaviour: 'may-change',
      edit: (site) => {
        const clause = site.around('catch_clause')
        const body = clause && childOf(clause, 'body')
        if (clause === undefined || body === undefined) return []
        const parameter = childOf(clause, 'parameter')
        const name = parameter?.type === 'identifier' ? site.textOf(parameter) : 'error'
        if (parameter !== undefined && parameter.type !== 'identifier') return []
        const indentation = /^[ \t]*/.exec(site.text.slice(site.text.lastIndexOf('\n', clause.start) + 1))?.[0] ?? ''
        const unit = indentation.includes('\t') ? '\t' : '  '
        const semicolon = /;\s*$/m.test(site.text) ? ';' : ''
        const written = `${site.lineEnd}${indentation}${unit}console.error(${name})${semicolon}`
        const isEmpty = site.textOf(body).trim().length <= 3 && !site.textOf(body).includes('\n')
        const named = parameter === undefined ? [site.insert(body.start, `(${name}) `)] : []
        return [
          [
            ...named,
            isEmpty
              ? site.replace({ start: body.start + 1, end: body.end - 1 }, `${written}${site.lineEnd}${indentation}`)
              : site.insert(body.start + 1, written),
          ],
        ]
      },
    },
  ],
})
