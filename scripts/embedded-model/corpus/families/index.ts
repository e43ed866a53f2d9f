import type { Family } from '../family.ts'
import { countWords } from './count-words.ts'
import { deleteUser } from './delete-user.ts'
import { factorial } from './factorial.ts'
import { findUser } from './find-user.ts'
import { gcd } from './gcd.ts'
import { greetPage } from './greet-page.ts'
import { readBelow } from './read-below.ts'
import { reverseWords } from './reverse-words.ts'
import { searchItems } from './search-items.ts'
import { sumEven } from './sum-even.ts'
import { unique } from './unique.ts'
import { writeBelow } from './write-below.ts'

/** All task families, in alphabetical order of their files. */
export const families: readonly Family[] = [
  countWords,
  deleteUser,
  factorial,
  findUser,
  gcd,
  greetPage,
  readBelow,
  reverseWords,
  searchItems,
  sumEven,
  unique,
  writeBelow,
]

/** Families that training never sees. */
export const heldOutFamilies: ReadonlySet<string> = new Set(['clamp', 'digit-sum', 'link-tag', 'log-line'])
