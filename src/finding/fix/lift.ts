import type { Edit } from '../../records/finding.ts'
import type { Site } from './site.ts'
import { type Hole, type Template, type Text, textBefore } from './template.ts'

/** A value on its way out of a text. */
export interface Lifted {
  readonly hole: Hole
  /** The text before it, and after it as far as the next value. */
  readonly before: string
  readonly after: string
  /** The value as an expression that stands alone, with what stood beside it in its quotes. */
  readonly expression: string
}

export interface LiftOptions {
  /** What stands in the text from now on; nothing where the value must stay. */
  readonly placeholder: (lifted: Lifted, index: number) => string | undefined
  /** The value as an expression, with what stood beside it in its quotes. */
  readonly expression: (hole: Hole, before: string, after: string) => string
}

/**
 * Takes every value out of a text and puts `placeholder` in its place; the quotes around a value go with it. Nothing where one value must stay,
 * or several are in the same quotes.
 */
export function lift(site: Site, template: Template, options: LiftOptions): { edits: Edit[]; lifted: Lifted[] } | undefined {
  // Where quotes are escaped, what is inside of them is not seen by counting.
  if (!template.canLift || template.pieces.some((piece) => piece.kind === 'text' && /\\['"]/.test(site.textOf(piece)))) return undefined
  const edits: Edit[] = []
  const lifted: Lifted[] = []
  for (const [i, hole] of template.pieces.entries()) {
    if (hole.kind !== 'hole') continue
    const [previous, next] = [template.pieces[i - 1], template.pieces[i + 1]]
    const before = textBefore(site, template, i)
    const after = next?.kind === 'text' ? site.textOf(next) : ''
    const inQuotes = unquoted(site, hole, { before, previous: touching(previous, hole), next: touching(next, hole) })
    if (inQuotes === undefined) return undefined
    const one = {
      hole,
      before,
      after,
      expression: options.expression(hole, inQuotes.prefix.replaceAll('%%', '%'), inQuotes.suffix.replaceAll('%%', '%')),
    }
    const mark = options.placeholder(one, lifted.length)
    if (mark === undefined || one.expression === '') return undefined
    edits.push({
      start: inQuotes.start,
      end: inQuotes.end,
      text: hole.open + mark + (/^\w/.test(site.text.slice(inQuotes.end)) && hole.close === '' ? ' ' : '') + hole.close,
    })
    lifted.push(one)
  }
  // What is taken out with a value need not be changed in the text as well.
  return {
    edits: [...edits, ...template.unformat.filter(({ start }) => !edits.some((edit) => start >= edit.start && start < edit.end))],
    lifted,
  }
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
function unquoted(
  site: Site,
  hole: Hole,
  { before, previous, next }: { before: string; previous: Text | undefined; next: Text | undefined },
): Quoted | undefined {
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
