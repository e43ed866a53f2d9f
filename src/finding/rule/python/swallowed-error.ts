import { walk } from '../../../syntax/tree.ts'
import type { HandlerEvent } from '../../engine/event.ts'
import { Imports } from '../../fix/python/import.ts'
import { quoted } from '../../fix/python/literal.ts'
import { reportAt } from '../judge.ts'
import { defineRule, type Report } from '../rule.ts'

function check({ handler, types }: HandlerEvent): Report | undefined {
  const any = types.length === 0 || types.some(({ target }) => target?.kind === 'global' && /^(Exception|BaseException)$/.test(target.name))
  return any && handler.body.length === 0 ? reportAt('low') : undefined
}

export const swallowedError = defineRule({
  id: 'python/swallowed-error',
  title: 'Error passed over in silence',
  cwe: 703,
  owasp: 'A09:2021',
  severity: 'low',
  confidence: 'low',
  tier: 'hygiene',
  message: 'Every error is passed over in silence, a failed check of permission included. Catch what you expect, and log the rest.',
  listeners: [{ on: 'handler', check }],
  fixes: [
    {
      title: 'The error is written to the log.',
      behaviour: 'may-change',
      edit: (site) => {
        const pass = [...walk(site.node)].find(({ type }) => type === 'pass_statement')
        const own = /^(\w*log\w*)\s*=\s*(?:logging\.)?getLogger\(/im.exec(site.text)?.[1]
        const log = own === undefined ? new Imports(site).use('logging', 'exception') : { text: `${own}.exception`, edits: [] }
        return pass === undefined || log === undefined
          ? []
          : [[...log.edits, site.replace(pass, `${log.text}(${quoted(site, 'error passed over')})`)]]
      },
    },
  ],
})
