import { rulesById } from '../rules.ts'
import type { Fix } from './fix.ts'

/** How the findings of a rule can be mended, the best way first. */
export function fixesOf(rule: string): readonly Fix[] {
  return rulesById().get(rule)?.fixes ?? []
}
