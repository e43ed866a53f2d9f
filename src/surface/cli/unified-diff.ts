import { compareLines, type Line, linesOf } from '../line-comparison.ts'

const context = 3

/** Two versions of a file as `diff -u` shows them; nothing when they are the same. */
export function unifiedDiff(path: string, { before, after }: { before: string; after: string }): string {
  const lines = compareLines(linesOf(before), linesOf(after))
  const changed = lines.flatMap(({ mark }, i) => (mark === ' ' ? [] : [i]))
  const hunks: { from: number; to: number }[] = []
  for (const i of changed) {
    const last = hunks.at(-1)
    if (last !== undefined && i - context <= last.to) last.to = Math.min(lines.length, i + context + 1)
    else hunks.push({ from: Math.max(0, i - context), to: Math.min(lines.length, i + context + 1) })
  }
  if (hunks.length === 0) return ''
  return `--- a/${path}\n+++ b/${path}\n${hunks.map((hunk) => showHunk(lines, hunk)).join('')}`
}

function showHunk(lines: readonly Line[], { from, to }: { from: number; to: number }): string {
  const before = lines.slice(0, from)
  const inside = lines.slice(from, to)
  const range = (mark: string) => `${count(before, mark) + (count(inside, mark) > 0 ? 1 : 0)},${count(inside, mark)}`
  const shown = inside.map(({ mark, text }) => `${mark}${text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`}`)
  return `@@ -${range('+')} +${range('-')} @@\n${shown.join('')}`
}

function count(some: readonly Line[], mark: string): number {
  return some.filter((line) => line.mark !== mark).length
}
