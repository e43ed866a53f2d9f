import type { Rule } from '../rule.ts'
import { archiveExtraction } from './archive-extraction.ts'
import { argumentInjection } from './argument-injection.ts'
import { bindAllInterfaces } from './bind-all-interfaces.ts'
import { checkThenUse } from './check-then-use.ts'
import { cleartextProtocol } from './cleartext-protocol.ts'
import { cleartextStorage } from './cleartext-storage.ts'
import { clientDecidesAccess } from './client-decides-access.ts'
import { codeInjection } from './code-injection.ts'
import { commandInjection } from './command-injection.ts'
import { constantIv } from './constant-iv.ts'
import { constantSalt } from './constant-salt.ts'
import { corsAnyOrigin } from './cors-any-origin.ts'
import { crossSiteScripting } from './cross-site-scripting.ts'
import { csrfDisabled } from './csrf-disabled.ts'
import { debugMode } from './debug-mode.ts'
import { deprecatedBuffer } from './deprecated-buffer.ts'
import { directoryListing } from './directory-listing.ts'
import { downloadAndRun } from './download-and-run.ts'
import { electronIsolation } from './electron-isolation.ts'
import { errorExposure } from './error-exposure.ts'
import { filePermissions } from './file-permissions.ts'
import { formatString } from './format-string.ts'
import { graphqlIntrospection } from './graphql-introspection.ts'
import { hardcodedKey } from './hardcoded-key.ts'
import { hardcodedPassword } from './hardcoded-password.ts'
import { headerInjection } from './header-injection.ts'
import { hostHeader } from './host-header.ts'
import { incompleteHostCheck } from './incomplete-host-check.ts'
import { incompleteSanitisation } from './incomplete-sanitisation.ts'
import { insecureCookie } from './insecure-cookie.ts'
import { jwtUnverified } from './jwt-unverified.ts'
import { jwtWithoutExpiry } from './jwt-without-expiry.ts'
import { ldapInjection } from './ldap-injection.ts'
import { logInjection } from './log-injection.ts'
import { massAssignment } from './mass-assignment.ts'
import { messageAnyOrigin } from './message-any-origin.ts'
import { missingAuthentication } from './missing-authentication.ts'
import { missingHeaders } from './missing-headers.ts'
import { nosqlInjection } from './nosql-injection.ts'
import { openRedirect } from './open-redirect.ts'
import { passwordInQuery } from './password-in-query.ts'
import { pathTraversal } from './path-traversal.ts'
import { predictableRandom } from './predictable-random.ts'
import { prototypePollution } from './prototype-pollution.ts'
import { randomHabit } from './random-habit.ts'
import { redos } from './redos.ts'
import { regexInjection } from './regex-injection.ts'
import { scriptUrl } from './script-url.ts'
import { scriptWithoutIntegrity } from './script-without-integrity.ts'
import { sensitiveLog } from './sensitive-log.ts'
import { sessionFixation } from './session-fixation.ts'
import { sqlInjection } from './sql-injection.ts'
import { ssrf } from './ssrf.ts'
import { storedPassword } from './stored-password.ts'
import { swallowedError } from './swallowed-error.ts'
import { targetBlank } from './target-blank.ts'
import { templateAutoescapeOff } from './template-autoescape-off.ts'
import { templateInjection } from './template-injection.ts'
import { temporaryFile } from './temporary-file.ts'
import { timingComparison } from './timing-comparison.ts'
import { tlsOldVersion } from './tls-old-version.ts'
import { tlsUnverified } from './tls-unverified.ts'
import { unboundedBody } from './unbounded-body.ts'
import { unrestrictedUpload } from './unrestricted-upload.ts'
import { unsafeDeserialisation } from './unsafe-deserialisation.ts'
import { unsafeReflection } from './unsafe-reflection.ts'
import { weakCipher } from './weak-cipher.ts'
import { weakCipherMode } from './weak-cipher-mode.ts'
import { weakHash } from './weak-hash.ts'
import { weakKey } from './weak-key.ts'
import { weakPasswordHash } from './weak-password-hash.ts'
import { weakPasswordPolicy } from './weak-password-policy.ts'
import { webStorageSecret } from './web-storage-secret.ts'
import { xmlEntityExpansion } from './xml-entity-expansion.ts'
import { xmlExternalEntities } from './xml-external-entities.ts'
import { xpathInjection } from './xpath-injection.ts'

/** Every rule for JavaScript and TypeScript, one file each. */
export const javascriptRules: readonly Rule[] = [
  archiveExtraction,
  argumentInjection,
  bindAllInterfaces,
  checkThenUse,
  cleartextProtocol,
  cleartextStorage,
  clientDecidesAccess,
  codeInjection,
  commandInjection,
  constantIv,
  constantSalt,
  corsAnyOrigin,
  crossSiteScripting,
  csrfDisabled,
  debugMode,
  deprecatedBuffer,
  directoryListing,
  downloadAndRun,
  electronIsolation,
  errorExposure,
  filePermissions,
  formatString,
  graphqlIntrospection,
  hardcodedKey,
  hardcodedPassword,
  headerInjection,
  hostHeader,
  incompleteHostCheck,
  incompleteSanitisation,
  insecureCookie,
  jwtUnverified,
  jwtWithoutExpiry,
  ldapInjection,
  logInjection,
  massAssignment,
  messageAnyOrigin,
  missingAuthentication,
  missingHeaders,
  nosqlInjection,
  openRedirect,
  passwordInQuery,
  pathTraversal,
  predictableRandom,
  prototypePollution,
  randomHabit,
  redos,
  regexInjection,
  scriptUrl,
  scriptWithoutIntegrity,
  sensitiveLog,
  sessionFixation,
  sqlInjection,
  ssrf,
  storedPassword,
  swallowedError,
  targetBlank,
  templateAutoescapeOff,
  templateInjection,
  temporaryFile,
  timingComparison,
  tlsOldVersion,
  tlsUnverified,
  unboundedBody,
  unrestrictedUpload,
  unsafeDeserialisation,
  unsafeReflection,
  weakCipher,
  weakCipherMode,
  weakHash,
  weakKey,
  weakPasswordHash,
  weakPasswordPolicy,
  webStorageSecret,
  xmlEntityExpansion,
  xmlExternalEntities,
  xpathInjection,
]
