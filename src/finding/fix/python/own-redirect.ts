import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { quoted } from './literal.ts'
import { boundNames } from './scope.ts'
import { linesBefore } from './statement.ts'

/** Browsers take `//host` and `/\host` for another site, too. */
export const ownRedirect: Fix = {
  title: 'Only paths of this site are redirected to; other addresses raise ValueError.',
  behaviour: 'may-change',
  edit: (site) => {
    const value = Call.at(site, site.node)?.argument(0, 'location', 'url', 'redirect_to')?.value
    if (value === undefined || !/^(?:identifier|call|subscript|attribute)$/.test(value.type)) return []
    const edits = value.type === 'identifier' ? linesBefore(site, value, guard(site, site.textOf(value))) : named(site, value)
    return edits === undefined ? [] : [edits]
  },
}

function named(site: Site, value: SyntaxNode): Edit[] | undefined {
  const taken = boundNames(site)
  const name = ['target', 'next_url', 'location'].find((one) => !taken.has(one))
  const isOptional = childOf(childOf(value, 'function') ?? value, 'attribute') !== undefined && /\.get\([^,()]*\)$/.test(site.textOf(value))
  const before =
    name &&
    linesBefore(site, value, [`${name} = ${site.textOf(value)}${isOptional ? ` or ${quoted(site, '/')}` : ''}`, ...guard(site, name)])
  return before && name ? [...before, site.replace(value, name)] : undefined
}

function guard(site: Site, name: string): string[] {
  const unit = /^([ \t]+)\S/m.exec(site.text)?.[1]?.startsWith('\t') === true ? '\t' : '    '
  const [slash, two, back] = ['/', '//', '/\\'].map((text) => quoted(site, text))
  return [
    `if not ${name}.startswith(${slash}) or ${name}.startswith((${two}, ${back})):`,
    `${unit}raise ValueError(${quoted(site, 'redirect to another site')})`,
  ]
}
