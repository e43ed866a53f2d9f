import { cut, fit, widthOf } from './text.ts'

/** Text without control characters, and how it is coloured once it has been cut to its width. */
export interface Cell {
  text: string
  paint?: (text: string) => string
}

export interface Screen {
  size(): { columns: number; rows: number }
  draw(text: string): void
}

const framesApartMs = 80

/** Rows redrawn in place. Each frame is one write that overwrites the last line by line, so nothing flickers. */
export class LiveTable {
  readonly #screen: Screen
  #drawn: number[] = []
  #waiting: NodeJS.Timeout | undefined
  #rows: readonly (readonly Cell[])[] = []

  constructor(screen: Screen) {
    this.#screen = screen
  }

  show(rows: readonly (readonly Cell[])[]): void {
    this.#rows = rows
    this.#waiting ??= setTimeout(() => this.flush(), framesApartMs)
  }

  /** Takes the table off the screen. */
  clear(): void {
    this.#rows = []
    this.flush()
  }

  /** Draws what was shown last without waiting for the next frame. */
  flush(): void {
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    const { columns, rows } = this.#screen.size()
    const lines = layOut(this.#rows, { columns: columns - 1, lines: rows - 1 })
    // A terminal that has become narrower has wrapped what was drawn: each line now takes as many as its width needs.
    const up = this.#drawn.reduce((count, width) => count + Math.max(1, Math.ceil(width / columns)), 0)
    const frame = lines.map((line) => `${line.painted}\u001b[K\n`).join('')
    this.#screen.draw(`${up === 0 ? '' : `\u001b[${up}A`}\r${frame}\u001b[J`)
    this.#drawn = lines.map((line) => line.width)
  }
}

function layOut(rows: readonly (readonly Cell[])[], room: { columns: number; lines: number }): { painted: string; width: number }[] {
  const hidden = rows.length - room.lines
  const shown = hidden > 0 ? [...rows.slice(0, room.lines - 1), [{ text: `… and ${hidden + 1} more` }]] : rows
  const widths = shown.reduce<number[]>((widths, row) => {
    if (row.length > 1) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell.text))
    return widths
  }, [])
  return shown.map((row) => layOutRow(row, { widths, columns: room.columns }))
}

/** Cells beside each other, the last one as long as the room lets it be. */
function layOutRow(row: readonly Cell[], { widths, columns }: { widths: readonly number[]; columns: number }): { painted: string; width: number } {
  let used = 0
  let painted = ''
  for (const [column, { text, paint }] of row.entries()) {
    const gap = column === 0 ? '' : '  '.slice(0, Math.max(0, columns - used))
    const room = Math.max(0, columns - used - gap.length)
    const shown = column === row.length - 1 ? cut(text, room) : fit(text, Math.min(widths[column] ?? 0, room))
    painted += gap + (paint === undefined ? shown : paint(shown))
    used += gap.length + widthOf(shown)
  }
  return { painted, width: used }
}
