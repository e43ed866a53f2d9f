// The names that records choose from. Apart from the schemas: whoever needs nothing but names loads no zod, which costs more than many a scan.

/** Languages whose programs can be parsed, run and compared. JSX and TSX are read as `javascript` and `typescript`. */
export const languages = ['python', 'javascript', 'typescript'] as const

/** What an attacker gains, apart from how sure we are; worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const

/** `high`: an attacker's source, a complete trace, no guard. `medium`: a parameter, or the structure alone. `low`: names and habits. */
export const confidences = ['high', 'medium', 'low'] as const

/** `vulnerability`: can be exploited as it stands. `hygiene`: a habit that becomes one. */
export const tiers = ['vulnerability', 'hygiene'] as const

/** Which findings deny: `block` is a vulnerability of at least high severity and high confidence; a severity or a tier denies at and above it. */
export const failOns = ['block', ...severities, ...tiers, 'never'] as const
