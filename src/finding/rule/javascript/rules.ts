import type { Rule } from '../rule.ts'
import { codeInjection } from './code-injection.ts'
import { commandInjection } from './command-injection.ts'
import { constantIv } from './constant-iv.ts'
import { constantSalt } from './constant-salt.ts'
import { crossSiteScripting } from './cross-site-scripting.ts'
import { hardcodedKey } from './hardcoded-key.ts'
import { hardcodedPassword } from './hardcoded-password.ts'
import { jwtUnverified } from './jwt-unverified.ts'
import { jwtWithoutExpiry } from './jwt-without-expiry.ts'
import { nosqlInjection } from './nosql-injection.ts'
import { openRedirect } from './open-redirect.ts'
import { pathTraversal } from './path-traversal.ts'
import { predictableRandom } from './predictable-random.ts'
import { prototypePollution } from './prototype-pollution.ts'
import { randomHabit } from './random-habit.ts'
import { sensitiveLog } from './sensitive-log.ts'
import { sqlInjection } from './sql-injection.ts'
import { ssrf } from './ssrf.ts'
import { timingComparison } from './timing-comparison.ts'
import { tlsOldVersion } from './tls-old-version.ts'
import { tlsUnverified } from './tls-unverified.ts'
import { unsafeDeserialisation } from './unsafe-deserialisation.ts'
import { weakCipher } from './weak-cipher.ts'
import { weakCipherMode } from './weak-cipher-mode.ts'
import { weakHash } from './weak-hash.ts'
import { weakKey } from './weak-key.ts'
import { weakPasswordHash } from './weak-password-hash.ts'

/** Every rule for JavaScript and TypeScript, one file each. */
export const javascriptRules: readonly Rule[] = [
  codeInjection,
  commandInjection,
  constantIv,
  constantSalt,
  crossSiteScripting,
  hardcodedKey,
  hardcodedPassword,
  jwtUnverified,
  jwtWithoutExpiry,
  nosqlInjection,
  openRedirect,
  pathTraversal,
  predictableRandom,
  prototypePollution,
  randomHabit,
  sensitiveLog,
  sqlInjection,
  ssrf,
  timingComparison,
  tlsOldVersion,
  tlsUnverified,
  unsafeDeserialisation,
  weakCipher,
  weakCipherMode,
  weakHash,
  weakKey,
  weakPasswordHash,
]
