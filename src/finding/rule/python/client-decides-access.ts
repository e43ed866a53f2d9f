import { checkClaim } from '../claim.ts'
import { defineRule } from '../rule.ts'

export const clientDecidesAccess = defineRule({
  id: 'python/client-decides-access',
  title: 'Right that the visitor grants himself',
  cwe: 287,
  owasp: 'A01:2021',
  severity: 'high',
  confidence: 'medium',
  tier: 'vulnerability',
  message:
    'Whether somebody may do this is read from the request itself: everybody sends `role=admin` in a cookie, a header or an address. Look the role up for the user whose session was verified.',
  listeners: [{ on: 'compare', check: checkClaim }],
})
