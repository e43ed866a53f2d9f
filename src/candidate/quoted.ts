/** Words that a program is expected to use: those that a task puts in quotes, and those that code shown in it takes from the files beside it. */
export function expectedIn(instruction: string): string[] {
  return [...new Set([...quotedIn(instruction), ...takenFromBeside(instruction)])]
}

/** Names that Python code imports from its own package: who mends or completes it is given these to work with. */
function takenFromBeside(text: string): string[] {
  const imports = text.matchAll(/^[ \t]*from[ \t]+\.[\w.]*[ \t]+import[ \t]+(?:\(([^)]{0,1000})\)|([^\n#(]+))/gm)
  return [...imports].flatMap(([, several = '', one = '']) => (several + one).split(',').flatMap((name) => name.trim().match(/^[A-Za-z_]\w*/)?.[0] ?? []))
}

/**
 * Words that a task puts in quotes: keys, messages and names that a program for it is expected to use. Code that is shown, in fences or as examples,
 * is full of other quotes.
 */
function quotedIn(instruction: string): string[] {
  const prose = instruction.replaceAll(/^(```+|~~~+).*?^\1/gms, '').replaceAll(/^\s*(?:>>>|\.\.\.).*$/gm, '')
  return [...new Set([...prose.matchAll(/(?<!\w)(['"`])([\w./:-]{2,40})\1/g)].map(([, , quoted]) => quoted ?? ''))]
}
