import type { Edit } from '../../../records/finding.ts'
import type { Site } from '../site.ts'
import { quoted } from './literal.ts'
import type { Hole, Template, Text } from './template.ts'
import { isText } from './wrap.ts'

/** A value on its way out of a text. */
export interface Lifted {
  readonly hole: Hole
  /** The text before it, and after it as far as the next value. */
  readonly before: string
  readonly after: string
  /** The value as an expression that stands alone, with what stood beside it in its quotes. */
  readonly expression: string
}

/**
 * Takes every value out of a text and puts `placeholder` in its place; the quotes around a value go with it. Nothing where one value must stay,
 * or several are in the same quotes.
 */
export function lift(site: Site, template: Template, placeholder: (lifted: Lifted, index: number) => string | undefined): { edits: Edit[]; lifted: Lifted[] } | undefined {
  // Where quotes are escaped, what is inside of them is not seen by counting.
  if (!template.canLift || template.pieces.some((piece) => piece.kind === 'text' && /\\['"]/.test(site.textOf(piece)))) return undefined
  const edits: Edit[] = []
  const lifted: Lifted[] = []
  for (const [i, hole] of template.pieces.entries()) {
    if (hole.kind !== 'hole') continue
    const [previous, next] = [template.pieces[i - 1], template.pieces[i + 1]]
    const before = template.pieces.slice(0, i).map((piece) => (piece.kind === 'text' ? site.textOf(piece) : 'x')).join('')
    const after = next?.kind === 'text' ? site.textOf(next) : ''
    const inQuotes = unquoted(site, hole, { before, previous: touching(previous, hole), next: touching(next, hole) })
    if (inQuotes === undefined) return undefined
    const one = { hole, before, after, expression: expressionOf(site, hole, inQuotes) }
    const mark = placeholder(one, lifted.length)
    if (mark === undefined || one.expression === '') return undefined
    edits.push({ start: inQuotes.start, end: inQuotes.end, text: hole.open + mark + (/^\w/.test(site.text.slice(inQuotes.end)) && hole.close === '' ? ' ' : '') + hole.close })
    lifted.push(one)
  }
  // What is taken out with a value need not be changed in the text as well.
  return { edits: [...edits, ...template.unformat.filter(({ start }) => !edits.some((edit) => start >= edit.start && start < edit.end))], lifted }
}

function touching(piece: Text | Hole | undefined, hole: Hole): Text | undefined {
  return piece?.kind === 'text' && (piece.end === hole.start || piece.start === hole.end) ? piece : undefined
}

interface Quoted {
  readonly start: number
  readonly end: number
  readonly prefix: string
  readonly suffix: string
}

/** The place of a value together with the quotes around it: `'%{name}%'` as a whole. `before` is all of the text up to the value. */
function unquoted(site: Site, hole: Hole, { before, previous, next }: { before: string; previous: Text | undefined; next: Text | undefined }): Quoted | undefined {
  const mark = openQuote(before)
  if (mark === undefined) return { start: hole.start, end: hole.end, prefix: '', suffix: '' }
  if (previous === undefined || next === undefined) return undefined
  const [left, right] = [site.textOf(previous), site.textOf(next)]
  const prefix = left.slice(left.lastIndexOf(mark) + 1)
  const suffix = right.slice(0, Math.max(0, right.indexOf(mark)))
  if (!left.includes(mark) || !right.includes(mark) || /["'\\{}\n]/.test(prefix + suffix)) return undefined
  return { start: hole.start - prefix.length - 1, end: hole.end + suffix.length + 1, prefix, suffix }
}

/** The quote that is still open at the end of a text. */
export function openQuote(text: string): string | undefined {
  let open: string | undefined
  for (const char of text) {
    if (open === undefined && (char === "'" || char === '"')) open = char
    else if (char === open) open = undefined
  }
  return open
}

function expressionOf(site: Site, hole: Hole, { prefix, suffix }: Quoted): string {
  const code = site.textOf(hole.value).replace(/^\(([^()]*)\)$/, '$1')
  const [before, after] = [prefix, suffix].map((part) => part.replaceAll('%%', '%')) as [string, string]
  if (before === '' && after === '') return code.replace(/^str\(([^()]*)\)$/, '$1')
  if (hole.isText || isText(site, hole.value)) return [...(before === '' ? [] : [quoted(site, before)]), code, ...(after === '' ? [] : [quoted(site, after)])].join(' + ')
  return /["'\\\n]/.test(code) ? [...(before === '' ? [] : [quoted(site, before)]), `str(${code})`, ...(after === '' ? [] : [quoted(site, after)])].join(' + ') : `f${quoted(site, `${before}{${code}}${after}`)}`
}
