import type { Severity, Tier } from '../../records/finding.ts'

interface SuppressionRule {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly confidence: 'high'
  readonly tier: Tier
  readonly message: string
}

const habit = { severity: 'low', confidence: 'high', tier: 'hygiene' } as const

export const withoutReason: SuppressionRule = {
  id: 'suppression/without-reason',
  title: 'A suppression without a reason',
  ...habit,
  message:
    'This comment suppresses nothing because it does not say why: whoever reads it cannot tell an accepted risk from a silenced alarm. Write `countersign-ignore RULE: the reason`.',
}

export const unknownRule: SuppressionRule = {
  id: 'suppression/unknown-rule',
  title: 'A suppression of a rule that does not exist',
  ...habit,
  message: 'This comment suppresses nothing because no rule has that name. Write the name as the finding gives it: `countersign-ignore python/sql-injection: the reason`.',
}

export const unused: SuppressionRule = {
  id: 'suppression/unused',
  title: 'A suppression that nothing needs any more',
  ...habit,
  message: 'Nothing is found here any more: left behind, this comment would hide the next mistake in this place. Delete it.',
}

/** Rules about suppressions themselves; nothing suppresses these. */
export const suppressionRules: readonly SuppressionRule[] = [withoutReason, unknownRule, unused]
