import type { Rule } from '../rule.ts'
import { codeInjection } from './code-injection.ts'
import { commandInjection } from './command-injection.ts'
import { crossSiteScripting } from './cross-site-scripting.ts'
import { nosqlInjection } from './nosql-injection.ts'
import { openRedirect } from './open-redirect.ts'
import { pathTraversal } from './path-traversal.ts'
import { prototypePollution } from './prototype-pollution.ts'
import { sqlInjection } from './sql-injection.ts'
import { ssrf } from './ssrf.ts'
import { unsafeDeserialisation } from './unsafe-deserialisation.ts'

/** Every rule for JavaScript and TypeScript, one file each. */
export const javascriptRules: readonly Rule[] = [
  codeInjection,
  commandInjection,
  crossSiteScripting,
  nosqlInjection,
  openRedirect,
  pathTraversal,
  prototypePollution,
  sqlInjection,
  ssrf,
  unsafeDeserialisation,
]
