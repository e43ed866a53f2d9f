import { childOf } from '../../syntax/tree.ts'
import type { Fix } from './fix.ts'
import { fromEnvironment, variableName } from './python/literal.ts'

const holders = new Set(['assignment', 'keyword_argument', 'pair', 'variable_declarator', 'assignment_expression'])

/** Where a secret is all of a text, and the text is given a name, it becomes a variable of the environment with that name. */
export const secretVariable: Fix = {
  title: 'The secret is read from the environment, where it must be provided; what stood here is known, and must be changed.',
  behaviour: 'may-change',
  edit: (site) => {
    const at = site.path.findLastIndex(({ type }) => type === 'string')
    const [literal, holder] = [site.path[at], site.path[at - 1]]
    if (literal === undefined || holder === undefined || !holders.has(holder.type)) return []
    const target = childOf(holder, 'left') ?? childOf(holder, 'name') ?? childOf(holder, 'key')
    const length = site.finding.span.end - site.finding.span.start
    const isWhole = /^b?(["']).*\1$/s.test(site.textOf(literal)) && literal.end - literal.start - length <= 3
    if (target === undefined || !isWhole || (childOf(holder, 'right') ?? childOf(holder, 'value')) !== literal) return []
    const name = variableName(/(\w+)\W*$/.exec(site.textOf(target))?.[1] ?? 'SECRET')
    if (site.language !== 'python')
      return /\b(?:document|window|localStorage)\s*\./.test(site.text) ? [] : [[site.replace(literal, `process.env.${name}`)]]
    const value = fromEnvironment(site, name, literal)
    return value === undefined
      ? []
      : [[...value.edits, site.replace(literal, value.text + (/^b/i.test(site.textOf(literal)) ? '.encode()' : ''))]]
  },
}
