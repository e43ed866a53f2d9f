import type { Family } from '../family.ts'
import { readBelow } from './read-below.ts'
import { sumEven } from './sum-even.ts'

/** All task families, in alphabetical order of their files. */
export const families: readonly Family[] = [readBelow, sumEven]

/** Families that training never sees. */
export const heldOutFamilies: ReadonlySet<string> = new Set(['clamp', 'digit-sum', 'link-tag', 'log-line'])
