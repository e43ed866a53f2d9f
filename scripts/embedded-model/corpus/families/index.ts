import type { Family } from '../family.ts'
import { allowedUrl } from './allowed-url.ts'
import { anagram } from './anagram.ts'
import { apiKey } from './api-key.ts'
import { balanced } from './balanced.ts'
import { calculate } from './calculate.ts'
import { chunk } from './chunk.ts'
import { clamp } from './clamp.ts'
import { compareToken } from './compare-token.ts'
import { countLines } from './count-lines.ts'
import { countVowels } from './count-vowels.ts'
import { countWords } from './count-words.ts'
import { deleteUser } from './delete-user.ts'
import { digitSum } from './digit-sum.ts'
import { extractArchive } from './extract-archive.ts'
import { factorial } from './factorial.ts'
import { fetchPage } from './fetch-page.ts'
import { fibonacci } from './fibonacci.ts'
import { findUser } from './find-user.ts'
import { flatten } from './flatten.ts'
import { gcd } from './gcd.ts'
import { greetPage } from './greet-page.ts'
import { hashPassword } from './hash-password.ts'
import { intersect } from './intersect.ts'
import { invertDict } from './invert-dict.ts'
import { isPrime } from './is-prime.ts'
import { largestOrNone } from './largest-or-none.ts'
import { linkTag } from './link-tag.ts'
import { loadSettings } from './load-settings.ts'
import { logLine } from './log-line.ts'
import { longestWord } from './longest-word.ts'
import { makeToken } from './make-token.ts'
import { median } from './median.ts'
import { ownHost } from './own-host.ts'
import { palindrome } from './palindrome.ts'
import { parseInteger } from './parse-integer.ts'
import { parseXml } from './parse-xml.ts'
import { pingHost } from './ping-host.ts'
import { readBelow } from './read-below.ts'
import { readClaims } from './read-claims.ts'
import { redirectTarget } from './redirect-target.ts'
import { resetCode } from './reset-code.ts'
import { reverseWords } from './reverse-words.ts'
import { rotate } from './rotate.ts'
import { runLength } from './run-length.ts'
import { runTemplate } from './run-template.ts'
import { runningTotal } from './running-total.ts'
import { saveUpload } from './save-upload.ts'
import { searchItems } from './search-items.ts'
import { searchPattern } from './search-pattern.ts'
import { secondLargest } from './second-largest.ts'
import { sessionCookie } from './session-cookie.ts'
import { snakeCase } from './snake-case.ts'
import { sortedRows } from './sorted-rows.ts'
import { sumEven } from './sum-even.ts'
import { sumOdd } from './sum-odd.ts'
import { titleCase } from './title-case.ts'
import { transpose } from './transpose.ts'
import { twoSum } from './two-sum.ts'
import { unique } from './unique.ts'
import { writeBelow } from './write-below.ts'

/** All task families, in alphabetical order of their files. */
export const families: readonly Family[] = [
  allowedUrl,
  anagram,
  apiKey,
  balanced,
  calculate,
  chunk,
  clamp,
  compareToken,
  countLines,
  countVowels,
  countWords,
  deleteUser,
  digitSum,
  extractArchive,
  factorial,
  fetchPage,
  fibonacci,
  findUser,
  flatten,
  gcd,
  greetPage,
  hashPassword,
  intersect,
  invertDict,
  isPrime,
  largestOrNone,
  linkTag,
  loadSettings,
  logLine,
  longestWord,
  makeToken,
  median,
  ownHost,
  palindrome,
  parseInteger,
  parseXml,
  pingHost,
  readBelow,
  readClaims,
  redirectTarget,
  resetCode,
  reverseWords,
  rotate,
  runLength,
  runTemplate,
  runningTotal,
  saveUpload,
  searchItems,
  searchPattern,
  secondLargest,
  sessionCookie,
  snakeCase,
  sortedRows,
  sumEven,
  sumOdd,
  titleCase,
  transpose,
  twoSum,
  unique,
  writeBelow,
]

/** Families that training never sees. */
export const heldOutFamilies: ReadonlySet<string> = new Set(['clamp', 'digit-sum', 'link-tag', 'log-line'])
