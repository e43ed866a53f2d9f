import type { Fix } from '../fix.ts'
import { Call } from './call.ts'
import { quoted } from './literal.ts'
import { freeName, linesBefore, refusalAt } from './statement.ts'

/** Browsers take `//host` and `/\host` for another site, too. */
export const ownRedirect: Fix = {
  title: 'Only paths of this site are redirected to.',
  behaviour: 'may-change',
  edit: (site) => {
    const call = Call.at(site, site.node)
    const value = call?.last === 'redirect' ? call.arguments.at(-1) : undefined
    const name = freeName(site, 'target', 'address', 'destination')
    if (
      value === undefined ||
      name === undefined ||
      !/^(?:member_expression|subscript_expression|identifier|binary_expression)$/.test(value.type)
    )
      return []
    const tests = ['//', '/\\'].map((text) => `${name}.startsWith(${quoted(site, text)})`)
    const before = linesBefore(site, value, [
      `const ${name} = String(${site.textOf(value)})`,
      `if (!${name}.startsWith(${quoted(site, '/')}) || ${tests.join(' || ')}) ${refusalAt(site, value, quoted(site, 'redirect to another site'))}`,
    ])
    return before === undefined ? [] : [[...before, site.replace(value, name)]]
  },
}
