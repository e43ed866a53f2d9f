import { type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Edit } from '../../../records/finding.ts'
import type { Site } from '../site.ts'
import { Imports } from './import.ts'

/** A text in the quotes that the file prefers; inside another text, in the ones that do not end it. */
export function quoted(site: Site, text: string, at: SyntaxNode = site.node): string {
  const around = site.pathTo(at).findLast(({ type, start, end }) => type === 'string' && (start < at.start || end > at.end))
  const mark =
    around === undefined ? preferred(site) : site.text.slice(around.start).startsWith("'", site.textOf(around).search(/['"]/)) ? '"' : "'"
  return mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark
}

function preferred(site: Site): string {
  let single = 0
  for (const { type, start, end } of walk(site.root))
    if (type === 'string_start') single += site.text.slice(start, end).endsWith("'") ? 1 : -1
  return single > 0 ? "'" : '"'
}

/** `os.environ["NAME"]`, with the import that it takes. */
export function fromEnvironment(site: Site, name: string, at: SyntaxNode): { text: string; edits: Edit[] } | undefined {
  const environ = new Imports(site).use('os', 'environ')
  return environ && { text: `${environ.text}[${quoted(site, name, at)}]`, edits: environ.edits }
}

/** `DB_PASSWORD` for `dbPassword`. */
export function variableName(written: string): string {
  return written
    .replace(/^['"]|['"]$/g, '')
    .replace(/^.*\./, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase()
}

/** Where a literal is one text without values in it: what stands between its quotes. */
export function plainText(site: Site, node: SyntaxNode | undefined): string | undefined {
  if (node?.type !== 'string') return undefined
  const match = /^[bu]?(["'])([^\\]*)\1$/i.exec(site.textOf(node))
  return match === null || match[2]?.includes(match[1] ?? '') ? undefined : match[2]
}
