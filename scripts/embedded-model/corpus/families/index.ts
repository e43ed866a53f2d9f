import type { Family } from '../family.ts'
import { allowedUrl } from './allowed-url.ts'
import { chunk } from './chunk.ts'
import { compareToken } from './compare-token.ts'
import { countLines } from './count-lines.ts'
import { countVowels } from './count-vowels.ts'
import { countWords } from './count-words.ts'
import { deleteUser } from './delete-user.ts'
import { digitSum } from './digit-sum.ts'
import { factorial } from './factorial.ts'
import { fibonacci } from './fibonacci.ts'
import { findUser } from './find-user.ts'
import { flatten } from './flatten.ts'
import { gcd } from './gcd.ts'
import { greetPage } from './greet-page.ts'
import { isPrime } from './is-prime.ts'
import { largestOrNone } from './largest-or-none.ts'
import { loadSettings } from './load-settings.ts'
import { logLine } from './log-line.ts'
import { makeToken } from './make-token.ts'
import { palindrome } from './palindrome.ts'
import { pingHost } from './ping-host.ts'
import { readBelow } from './read-below.ts'
import { redirectTarget } from './redirect-target.ts'
import { resetCode } from './reset-code.ts'
import { reverseWords } from './reverse-words.ts'
import { runLength } from './run-length.ts'
import { runTemplate } from './run-template.ts'
import { searchItems } from './search-items.ts'
import { searchPattern } from './search-pattern.ts'
import { sortedRows } from './sorted-rows.ts'
import { sumEven } from './sum-even.ts'
import { sumOdd } from './sum-odd.ts'
import { unique } from './unique.ts'
import { writeBelow } from './write-below.ts'

/** All task families, in alphabetical order of their files. */
export const families: readonly Family[] = [
  allowedUrl,
  chunk,
  compareToken,
  countLines,
  countVowels,
  countWords,
  deleteUser,
  digitSum,
  factorial,
  fibonacci,
  findUser,
  flatten,
  gcd,
  greetPage,
  isPrime,
  largestOrNone,
  loadSettings,
  logLine,
  makeToken,
  palindrome,
  pingHost,
  readBelow,
  redirectTarget,
  resetCode,
  reverseWords,
  runLength,
  runTemplate,
  searchItems,
  searchPattern,
  sortedRows,
  sumEven,
  sumOdd,
  unique,
  writeBelow,
]

/** Families that training never sees. */
export const heldOutFamilies: ReadonlySet<string> = new Set(['clamp', 'digit-sum', 'link-tag', 'log-line'])
