import type { Rule } from '../rule.ts'
import { anyHostAllowed } from './any-host-allowed.ts'
import { archiveExtraction } from './archive-extraction.ts'
import { argumentInjection } from './argument-injection.ts'
import { assertAsCheck } from './assert-as-check.ts'
import { bindAllInterfaces } from './bind-all-interfaces.ts'
import { checkThenUse } from './check-then-use.ts'
import { cleartextProtocol } from './cleartext-protocol.ts'
import { clientDecidesAccess } from './client-decides-access.ts'
import { codeInjection } from './code-injection.ts'
import { commandInjection } from './command-injection.ts'
import { constantIv } from './constant-iv.ts'
import { constantSalt } from './constant-salt.ts'
import { corsAnyOrigin } from './cors-any-origin.ts'
import { credentialsInUrl } from './credentials-in-url.ts'
import { crossSiteScripting } from './cross-site-scripting.ts'
import { csrfDisabled } from './csrf-disabled.ts'
import { debugMode } from './debug-mode.ts'
import { downloadAndRun } from './download-and-run.ts'
import { dynamicCode } from './dynamic-code.ts'
import { errorExposure } from './error-exposure.ts'
import { filePermissions } from './file-permissions.ts'
import { formatString } from './format-string.ts'
import { hardcodedKey } from './hardcoded-key.ts'
import { hardcodedLogin } from './hardcoded-login.ts'
import { hardcodedPassword } from './hardcoded-password.ts'
import { headerInjection } from './header-injection.ts'
import { incompleteHostCheck } from './incomplete-host-check.ts'
import { insecureCookie } from './insecure-cookie.ts'
import { jwtUnverified } from './jwt-unverified.ts'
import { jwtWithoutExpiry } from './jwt-without-expiry.ts'
import { ldapInjection } from './ldap-injection.ts'
import { logInjection } from './log-injection.ts'
import { massAssignment } from './mass-assignment.ts'
import { missingAuthentication } from './missing-authentication.ts'
import { missingTimeout } from './missing-timeout.ts'
import { nosqlInjection } from './nosql-injection.ts'
import { openRedirect } from './open-redirect.ts'
import { pathTraversal } from './path-traversal.ts'
import { predictableRandom } from './predictable-random.ts'
import { predictableSeed } from './predictable-seed.ts'
import { randomHabit } from './random-habit.ts'
import { redos } from './redos.ts'
import { regexInjection } from './regex-injection.ts'
import { remoteCodeTrusted } from './remote-code-trusted.ts'
import { scriptUrl } from './script-url.ts'
import { sensitiveLog } from './sensitive-log.ts'
import { shellHabit } from './shell-habit.ts'
import { sqlInjection } from './sql-injection.ts'
import { sshUnknownHost } from './ssh-unknown-host.ts'
import { ssrf } from './ssrf.ts'
import { storedPassword } from './stored-password.ts'
import { swallowedError } from './swallowed-error.ts'
import { templateAutoescapeOff } from './template-autoescape-off.ts'
import { templateInjection } from './template-injection.ts'
import { temporaryFile } from './temporary-file.ts'
import { timingComparison } from './timing-comparison.ts'
import { tlsOldVersion } from './tls-old-version.ts'
import { tlsUnverified } from './tls-unverified.ts'
import { trustBoundary } from './trust-boundary.ts'
import { unrestrictedUpload } from './unrestricted-upload.ts'
import { unsafeDeserialisation } from './unsafe-deserialisation.ts'
import { unsafeReflection } from './unsafe-reflection.ts'
import { weakCipher } from './weak-cipher.ts'
import { weakCipherMode } from './weak-cipher-mode.ts'
import { weakHash } from './weak-hash.ts'
import { weakKey } from './weak-key.ts'
import { weakPasswordHash } from './weak-password-hash.ts'
import { weakPasswordPolicy } from './weak-password-policy.ts'
import { xmlEntityExpansion } from './xml-entity-expansion.ts'
import { xmlExternalEntities } from './xml-external-entities.ts'
import { xpathInjection } from './xpath-injection.ts'

export const pythonRules: readonly Rule[] = [
  anyHostAllowed,
  archiveExtraction,
  argumentInjection,
  assertAsCheck,
  bindAllInterfaces,
  checkThenUse,
  cleartextProtocol,
  clientDecidesAccess,
  codeInjection,
  commandInjection,
  constantIv,
  constantSalt,
  corsAnyOrigin,
  credentialsInUrl,
  crossSiteScripting,
  csrfDisabled,
  debugMode,
  downloadAndRun,
  dynamicCode,
  errorExposure,
  filePermissions,
  formatString,
  hardcodedKey,
  hardcodedLogin,
  hardcodedPassword,
  headerInjection,
  incompleteHostCheck,
  insecureCookie,
  jwtUnverified,
  jwtWithoutExpiry,
  ldapInjection,
  logInjection,
  massAssignment,
  missingAuthentication,
  missingTimeout,
  nosqlInjection,
  openRedirect,
  pathTraversal,
  predictableRandom,
  predictableSeed,
  randomHabit,
  redos,
  regexInjection,
  remoteCodeTrusted,
  scriptUrl,
  sensitiveLog,
  shellHabit,
  sqlInjection,
  sshUnknownHost,
  ssrf,
  storedPassword,
  swallowedError,
  templateAutoescapeOff,
  templateInjection,
  temporaryFile,
  timingComparison,
  tlsOldVersion,
  tlsUnverified,
  trustBoundary,
  unrestrictedUpload,
  unsafeDeserialisation,
  unsafeReflection,
  weakCipher,
  weakCipherMode,
  weakHash,
  weakKey,
  weakPasswordHash,
  weakPasswordPolicy,
  xmlEntityExpansion,
  xmlExternalEntities,
  xpathInjection,
]
