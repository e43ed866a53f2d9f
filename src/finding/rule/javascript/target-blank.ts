import { walk } from '../../../syntax/tree.ts'
import type { CallEvent } from '../../engine/event.ts'
import { textOf } from '../../engine/value.ts'
import { reportAt } from '../judge.ts'
import { isWhole, optionIn } from '../option.ts'
import { defineRule, onCall, type Report } from '../rule.ts'

function check({ positional }: CallEvent): Report | undefined {
  const [tag, properties] = positional
  if (!/^(a|area|form)$/.test(textOf(tag) ?? '') || textOf(optionIn(properties, 'target')) !== '_blank' || !isWhole(properties))
    return undefined
  const href = textOf(optionIn(properties, 'href', 'to', 'action'))
  if (href !== undefined && !/^(https?:)?\/\//.test(href)) return undefined
  const rel = optionIn(properties, 'rel')
  return rel === undefined || /^(?!.*no(opener|referrer))/.test(textOf(rel) ?? 'noopener') ? reportAt('habit') : undefined
}

/** Tagged with CWE-200 as well as CWE-1022 where others look for it. */
export const targetBlank = defineRule({
  id: 'javascript/target-blank',
  title: 'New window that holds on to the old one',
  cwe: 200,
  owasp: 'A05:2021',
  severity: 'low',
  confidence: 'medium',
  tier: 'hygiene',
  message:
    'In older browsers the opened page reads where it came from and replaces this one by a forged login (`window.opener.location`). Add `rel="noopener noreferrer"`.',
  listeners: [onCall(['react.createElement'], check)],
  fixes: [
    {
      title: 'The page that is opened learns nothing of this one (`rel="noopener noreferrer"`).',
      behaviour: 'stricter',
      edit: (site) => {
        const attributes = [...walk(site.node)].filter(({ type }) => type === 'jsx_attribute')
        const rel = attributes.find((node) => /^rel\s*=/.test(site.textOf(node)))
        const target = attributes.find((node) => /^target\s*=/.test(site.textOf(node)))
        if (rel !== undefined) return rel.children.at(-1)?.type === 'string' ? [[site.insert(rel.end - 1, ' noopener noreferrer')]] : []
        return target === undefined ? [] : [[site.insert(target.end, ' rel="noopener noreferrer"')]]
      },
    },
  ],
})
