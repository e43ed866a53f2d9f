import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { type Hole, holesOf, type Template } from '../template.ts'
import { calling, textAt, wrapped } from './wrap.ts'

/** Values between tags and in quoted attributes that are no address and no program: there escaping is all that it takes. */
export const escapedHtml: readonly Fix[] = [
  {
    title: 'Values are escaped where they are put into HTML (`html.escape`).',
    behaviour: 'stricter',
    // What comes from a request is no HTML of ours; what comes from a caller may be.
    edit: (site) => (site.finding.confidence === 'high' ? escaped(site) : []),
  },
  {
    title: 'Values are escaped where they are put into HTML (`html.escape`): HTML that callers give is seen as it is written.',
    behaviour: 'may-change',
    edit: escaped,
  },
]

function* escaped(site: Site): Generator<readonly Edit[]> {
  const call = Call.at(site, site.node)
  const escape = calling(site, 'html', 'escape')
  const whole =
    site.node.type === 'expression_list' || site.node.type === 'tuple' ? site.node.children.find(({ named }) => named) : site.node
  for (const value of [call?.arguments[0]?.value, whole]) {
    const text = textAt(site, value)
    if (text !== undefined)
      yield* wrapped(
        site,
        holesOf(text.template).filter((hole) => isPlain(site, text.template, hole)),
        escape,
      )
  }
  if (site.finding.confidence !== 'high') return
  const alone = [call?.arguments[0]?.value, whole].filter((value) => value !== undefined && isBare(site, value, call))
  yield* wrapped(
    site,
    alone.map((value): Hole => asHole(value!)),
    escape,
  )
}

function isPlain(site: Site, { pieces }: Template, hole: Hole): boolean {
  const before = pieces
    .slice(0, pieces.indexOf(hole))
    .map((piece) => (piece.kind === 'text' ? site.textOf(piece) : 'x'))
    .join('')
  if (/<(?:script|style)\b(?![^]*<\/(?:script|style))/i.test(before)) return false
  const tag = /<[^<>]*$/.exec(before)?.[0]
  return tag === undefined || /\s(?!href|src|on|style|action|formaction|srcdoc)[\w-]+\s*=\s*\\?["'][^"']*$/i.test(tag)
}

/** A value that is the whole answer, not a text with tags of its own, nor one that was declared to be HTML. */
function isBare(site: Site, value: SyntaxNode, call: Call | undefined): boolean {
  if (call !== undefined && value !== call.node)
    return !/^(?:Markup|mark_safe|format_html|SafeString|format)$/.test(call.last) && textAt(site, value) === undefined
  const isReturned = site.pathTo(value).some((node) => node.type === 'return_statement')
  return (
    isReturned &&
    textAt(site, value) === undefined &&
    value.type !== 'string' &&
    !/<\w|%|template|render/.test(site.textOf(value)) &&
    !/render_template|jsonify|Response\(/.test(site.textOf(value)) &&
    childOf(value, 'operator') === undefined
  )
}

function asHole(value: SyntaxNode): Hole {
  return { kind: 'hole', start: value.start, end: value.end, open: '', close: '', value, isText: false, isInside: false }
}
