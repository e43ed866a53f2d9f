import { withClosedBrackets } from '../brackets.ts'

const tokens =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`|(?<=(?:[=(,:;!&|?{}[]|return)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/|[()[\]{}]/g

/** A program that was cut off gets the brackets it had no time to close. */
export function prepareFragment(text: string): { text: string; shift: number } {
  return { text: withClosedBrackets(text, tokens, 20_000), shift: 0 }
}
