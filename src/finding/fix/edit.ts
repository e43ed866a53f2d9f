import type { Edit } from '../../records/finding.ts'

/** The text after the edits; `undefined` when two of them want the same place. Insertions at one place come in their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  let result = ''
  let position = 0
  for (const edit of inOrder(edits)) {
    if (edit.start < position || edit.end < edit.start || edit.end > text.length) return undefined
    result += text.slice(position, edit.start) + edit.text
    position = edit.end
  }
  return result + text.slice(position)
}

/** Where a position of the old text may lie in the new one: one place, or anywhere in what was written over it or just before it. */
export function placeAfter(edits: readonly Edit[], position: number): { from: number; to: number } {
  let shift = 0
  let from: number | undefined
  for (const { start, end, text } of inOrder(edits)) {
    if (start > position) break
    if (end > position) return { from: from ?? start + shift, to: start + shift + text.length }
    if (end === position) from ??= start + shift
    shift += text.length - (end - start)
  }
  return { from: from ?? position + shift, to: position + shift }
}

export function inOrder(edits: readonly Edit[]): Edit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
}
