import type { FindingSpan } from '../records/finding.ts'
import type { Span } from './ir/expression.ts'

/** Turns positions of a text into lines and columns. */
export function spanReader(text: string): (span: Span) => FindingSpan {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const place = (offset: number) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
  return (span) => {
    const start = Math.min(Math.max(0, span.start), text.length)
    const end = Math.min(Math.max(start, span.end), text.length)
    const from = place(start)
    const to = place(end)
    return { start, end, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
  }
}
