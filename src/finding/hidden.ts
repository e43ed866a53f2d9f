import type { FileCoverage, HiddenPlace } from '../records/finding.ts'

/** The name by which a comment answers for a place that hides what it does. */
export const hiddenPlace = 'coverage/hidden'

/** The coverage of a file that was read to its end and has such places. */
export function hiding(hidden: HiddenPlace[], { path, language, parseErrors }: { path: string; language: string; parseErrors: number }): FileCoverage {
  const [first] = hidden
  const others = hidden.length > 1 ? `, and ${hidden.length - 1} more` : ''
  return { kind: 'incomplete', path, language, reason: `hides what it does: line ${first?.line} ${first?.how}${others}`, hidden, parseErrors }
}

/** The same file without the places that somebody answers for: read, where none is left. */
export function without(coverage: FileCoverage, isAnswered: (place: HiddenPlace) => boolean): FileCoverage {
  if (coverage.kind !== 'incomplete' || coverage.hidden === undefined) return coverage
  const { path, language, parseErrors = 0 } = coverage
  const left = coverage.hidden.filter((place) => !isAnswered(place))
  return left.length === 0 ? { kind: 'read', path, language, parseErrors } : hiding(left, { path, language, parseErrors })
}
