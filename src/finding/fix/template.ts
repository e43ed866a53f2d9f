import type { Edit } from '../../records/finding.ts'
import type { SyntaxNode } from '../../syntax/tree.ts'
import type { Site } from './site.ts'

export interface Text {
  readonly kind: 'text'
  readonly start: number
  readonly end: number
}

/** A value that is written into a text. */
export interface Hole {
  readonly kind: 'hole'
  /** What goes when something else is to stand in the text in its place, put between `open` and `close`. */
  readonly start: number
  readonly end: number
  readonly open: string
  readonly close: string
  readonly value: SyntaxNode
  /** The value can be nothing but a text. */
  readonly isText: boolean
  /** The value lies inside the text's quotes. */
  readonly isInside: boolean
}

/** How a text is put together: with values in it, by whatever means the language has. */
export interface Template {
  readonly pieces: readonly (Text | Hole)[]
  readonly style: 'f' | '+' | '%' | 'format' | '`'
  /** Takes the means of putting values in away, when none is left. */
  readonly unformat: readonly Edit[]
  /** Every value can be taken out of the text. */
  readonly canLift: boolean
}

export const holesOf = ({ pieces }: Template): Hole[] => pieces.filter((piece) => piece.kind === 'hole')

/** The text up to a piece, with a letter for each value. */
export function textBefore(site: Site, { pieces }: Template, index: number): string {
  return pieces
    .slice(0, index)
    .map((piece) => (piece.kind === 'text' ? site.textOf(piece) : 'x'))
    .join('')
}
