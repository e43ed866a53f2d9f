import type { Edit, FixBehaviour } from '../../records/finding.ts'
import type { Site } from './site.ts'

/**
 * A way to mend what a rule reports. `edit` gives the changes to try, one after another, and none where it does not know how: whether one of
 * them mends anything is found out by scanning again, so `edit` need not know what the rule saw.
 */
export interface Fix {
  /** What has changed afterwards, in one line. */
  readonly title: string
  readonly behaviour: FixBehaviour
  readonly edit: (site: Site) => Iterable<readonly Edit[]>
}
