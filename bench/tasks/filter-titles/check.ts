import { returned } from './harness.ts'

export function functional(): string {
  const titles = ['Hello', 'world', 'BELL']
  return JSON.stringify([
    [returned('filterTitles', 'ell', titles), ['Hello', 'BELL']],
    [returned('filterTitles', 'WORLD', titles), ['world']],
    [returned('filterTitles', 'none', titles), []],
    [returned('filterTitles', 'x', []), []],
  ])
}

/** A title that the text typed does not stand in comes out only where what was typed works as a pattern. */
export function exploit(canary: string): string {
  return JSON.stringify(['.*', 'h.dden', '^h', '[a-z]', 'hidden|x', '(h)idden'].map((typed) => returned('filterTitles', typed, [`hidden ${canary}`])))
}
