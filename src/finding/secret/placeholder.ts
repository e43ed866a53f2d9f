import { looksInvented } from '../rule/name.ts'

// Words that nobody has in a real secret, and everybody in an example of one.
const words = /example|sample|dummy|fake|placeholder|changeme|change_me|change-me|redacted|your[-_]?|insert|replace|x{4}|\*{3}|\.{3}|<[^>]*>|\$\{|\{\{|%\(|%s|0{8}/i

/** Whether a value stands for a secret without being one: an example, a template's hole, a run of the keyboard. */
export function isPlaceholder(value: string, name = ''): boolean {
  return words.test(value) || looksInvented(value, name) || isSequence(value)
}

/** `aaaaaaaa`, `abcdefgh12345678`: more steps of the alphabet than chance makes. */
function isSequence(value: string): boolean {
  let steps = 0
  for (let at = 1; at < value.length; at++) if (Math.abs(value.charCodeAt(at) - value.charCodeAt(at - 1)) <= 1) steps++
  return steps * 2 > value.length
}

/** Bits a character, by how often each occurs in the value itself. */
export function entropyOf(value: string): number {
  const counts = [...Map.groupBy(value, (character) => character).values()]
  return counts.reduce((sum, { length }) => sum - (length / value.length) * Math.log2(length / value.length), 0)
}
