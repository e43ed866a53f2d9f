export { oneLine, plain } from '../../records/plain.ts'

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const zero = /\p{Mark}/u

/** Columns that a terminal needs for `text`, which holds no control characters. */
export function widthOf(text: string): number {
  return characters(text).reduce((width, character) => width + columns(character), 0)
}

/** `text` cut to `width` columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let left = width - 1
  const kept = characters(text).filter((character) => (left -= columns(character)) >= 0)
  return width < 1 ? '' : `${kept.join('')}…`
}

/** `text` cut or filled to exactly `width` columns. */
export function fit(text: string, width: number): string {
  const short = cut(text, width)
  return short + ' '.repeat(Math.max(0, width - widthOf(short)))
}

/** Words of `text` in lines of at most `width` columns; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Rows as lines, their columns aligned; nothing is filled up behind the last one. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  const line = (row: readonly string[]) => row.map((cell, column) => (column === row.length - 1 ? cell : fit(cell, widths[column] ?? 0))).join('  ')
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('')
}

function characters(text: string): string[] {
  return Array.from(text)
}

function columns(character: string): number {
  if (zero.test(character)) return 0
  return wide.test(character) ? 2 : 1
}
