/**
 * Words that a task puts in quotes: keys, messages and names that a program for it is expected to use. Code that is shown, in fences or as examples,
 * is full of other quotes.
 */
export function quotedIn(instruction: string): string[] {
  const prose = instruction.replaceAll(/^(```+|~~~+).*?^\1/gms, '').replaceAll(/^\s*(?:>>>|\.\.\.).*$/gm, '')
  return [...new Set([...prose.matchAll(/(?<!\w)(['"`])([\w./:-]{2,40})\1/g)].map(([, , quoted]) => quoted ?? ''))]
}
