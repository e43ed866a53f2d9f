/** A line of two versions of a text: in both, in the first alone, or in the second alone. */
export interface Line {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** Lines with their ends: a last line without one is told apart from one with it, as diff does. */
export function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/)
}

const same = (text: string): Line => ({ mark: ' ', text })

/** What edits leave alone at both ends is the same; between them, the longest common run of lines (edits touch few). */
export function compareLines(a: readonly string[], b: readonly string[]): Line[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return [
    ...a.slice(0, start).map(same),
    ...between(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ]
}

/** Line by line: what comes again soonest on the other side is what was kept. */
function between(a: readonly string[], b: readonly string[]): Line[] {
  const lines: Line[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      lines.push({ mark: ' ', text: a[i]! })
      i++
      j++
      continue
    }
    const [skipA, skipB] = nearest(a.slice(i), b.slice(j))
    for (const text of a.slice(i, i + skipA)) lines.push({ mark: '-', text })
    for (const text of b.slice(j, j + skipB)) lines.push({ mark: '+', text })
    i += skipA
    j += skipB
  }
  return lines
}

const farthest = 60

/** How many lines to leave out on each side until both go on alike. */
function nearest(a: readonly string[], b: readonly string[]): [number, number] {
  for (let sum = 1; sum <= farthest; sum++) {
    for (let i = 0; i <= sum; i++) if (i < a.length && sum - i < b.length && a[i] === b[sum - i]) return [i, sum - i]
  }
  return a.length > farthest || b.length > farthest ? [Math.min(a.length, farthest), Math.min(b.length, farthest)] : [a.length, b.length]
}
