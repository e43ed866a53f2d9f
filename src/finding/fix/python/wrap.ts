import type { Edit } from '../../../records/finding.ts'
import type { SyntaxNode } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'
import { Imports } from './import.ts'
import { valueOf } from './scope.ts'
import type { Hole, Template } from '../template.ts'
import { templateOf } from './template.ts'

/** A text that values are written into, where it is put together: here, or where the variable that is used here got its value. */
export function textAt(site: Site, node: SyntaxNode | undefined): { template: Template; assignment: SyntaxNode | undefined } | undefined {
  if (node === undefined) return undefined
  const held = valueOf(site, node)
  const template = templateOf(site, held?.value ?? node)
  return template && { template, assignment: held?.assignment }
}

/** Whether an expression can be nothing but a text. */
export function isText(site: Site, node: SyntaxNode): boolean {
  const text = site.textOf(node)
  if (
    node.type === 'string' ||
    /^(?:str|repr)\(|^(?:flask\.)?request\.(?:args|form|cookies|headers|GET|POST)\[|\.(?:strip|lower|upper|decode|format|join)\([^()]*\)$/.test(
      text,
    )
  )
    return true
  const around = site.pathTo(node).findLast(({ type }) => type === 'function_definition')
  return (
    node.type === 'identifier' &&
    around !== undefined &&
    new RegExp(`\\b${text}\\s*:\\s*str\\b`).test(
      site.text.slice(around.start, around.children.find(({ field }) => field === 'body')?.start),
    )
  )
}

/** Changes that put a function around one of the values, the fewest values first. */
export function* wrapped(
  site: Site,
  holes: readonly Hole[],
  wrapper: (hole: Hole) => { before: string; edits: readonly Edit[]; after?: string } | undefined,
): Generator<readonly Edit[]> {
  const wraps = holes.map((hole) => {
    const around = wrapper(hole)
    return around && { imports: around.edits, edits: site.wrap(hole.value, around.before, around.after) }
  })
  const known = wraps.filter((wrap) => wrap !== undefined)
  for (const { imports, edits } of known) yield [...imports, ...edits]
  if (known.length > 1) yield [...(known[0]?.imports ?? []), ...known.flatMap(({ edits }) => edits)]
}

/** `html.escape(` for a function that takes a text, with the conversion that others need. */
export function calling(
  site: Site,
  module: string,
  member: string,
): (hole: Pick<Hole, 'value' | 'isText'>) => { before: string; edits: readonly Edit[]; after: string } | undefined {
  const used = new Imports(site).use(module, member)
  return ({ value, isText: known }) => {
    if (used === undefined) return undefined
    const plain = known || isText(site, value)
    return { before: `${used.text}(${plain ? '' : 'str('}`, edits: used.edits, after: plain ? ')' : '))' }
  }
}
