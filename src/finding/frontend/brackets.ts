const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}' }
const longestTail = 2000

/** A program that was cut off inside a call gets the brackets it had no time to close. `tokens`: comments, texts and brackets. */
export function withClosedBrackets(text: string, tokens: RegExp, longest = longestTail): string {
  const open: { closer: string; at: number }[] = []
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const closer = closers[token]
    if (closer !== undefined) open.push({ closer, at: index })
    else if (token.length === 1 && open.at(-1)?.closer === token) open.pop()
    if (open.length > 50) return text
  }
  const cut = open.length > 0 && open.every(({ at }) => text.length - at < longest)
  return cut
    ? text.trimEnd() +
        open
          .map(({ closer }) => closer)
          .reverse()
          .join('')
    : text
}
