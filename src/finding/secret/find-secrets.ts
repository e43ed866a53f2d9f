import type { ChangedFile } from '../../records/candidate.ts'
import { digestRecord } from '../../records/canonical-json.ts'
import type { Finding } from '../../records/finding.ts'
import { spanReader } from '../position.ts'
import { findAssigned } from './assignment.ts'
import { isPlaceholder } from './placeholder.ts'
import { assigned, token, urlPassword } from './rules.ts'
import { lintSecrets, type Stretch } from './secretlint.ts'
import { type Shape, shapes } from './shape.ts'

/** Longer texts are not searched; what asks says that they were not. */
export const longestSearched = 2 * 2 ** 20

interface Found extends Stretch {
  readonly severity?: Finding['severity']
}

/** Secrets that stand in a file, whatever its language. No part of a finding holds more than four characters of one. */
export async function findSecrets({ path, content }: ChangedFile): Promise<Finding[]> {
  if (content.length > longestSearched) return []
  const found: Found[] = [...shapes.flatMap((shape) => matchesOf(content, shape)), ...(await lintSecrets(content, path)), ...findAssigned(content, path)]
  const real = withoutOverlaps(found).filter(({ rule, start, end }) => rule === assigned || isReal(content.slice(start, end)))
  const readSpan = spanReader(content)
  const ordinals = new Map<string, number>()
  const findings: Finding[] = []
  for (const secret of real) {
    // The line without the secret: a digest of a short one would tell it to whoever tries them all.
    const identity = { rule: secret.rule.id, line: lineAround(content, secret) }
    const key = JSON.stringify(identity)
    const ordinal = ordinals.get(key) ?? 0
    ordinals.set(key, ordinal + 1)
    const { id, cwe, owasp, message } = secret.rule
    const text = content.slice(secret.start, secret.end)
    const told = `${message} (Found: ${secret.what}${hint(text, secret)}.)`
    findings.push({ rule: id, cwe, owasp, ...levelOf(secret, { path, text }), message: told, path, span: readSpan(secret), trace: [], fingerprint: digestRecord({ ...identity, ordinal }) })
  }
  return findings
}

function matchesOf(text: string, { rule, what, pattern, sign, severity, isOne }: Shape): Found[] {
  if (sign?.test(text) === false) return []
  return [...text.matchAll(pattern)].flatMap((match) => {
    const secret = match[1] ?? match[0]
    if (isOne?.(secret) === false) return []
    const start = match.index + match[0].indexOf(secret)
    return [{ rule, what, start, end: start + secret.length, ...(severity === undefined ? {} : { severity }) }]
  })
}

/** One finding for a place: what is found first there, and is longest, says most of what it is. */
function withoutOverlaps(found: readonly Found[]): Found[] {
  let end = 0
  return found
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter((secret) => {
      if (secret.start < end) return false
      end = secret.end
      return true
    })
}

/** Whether it is a secret of somebody's: no example, and no login of the own machine. */
function isReal(text: string): boolean {
  const [, user, password, host] = /:\/\/([^\s:/@]*):([^\s/@]*)@([^\s/:?#,]*)/.exec(text) ?? []
  if (password === undefined || host === undefined) return !isPlaceholder(text)
  // `postgres:postgres` is what images of databases come with.
  return !isPlaceholder(password) && password !== user && !/^(?:localhost|127\.|0\.0\.0\.0|::1|hosts?$|hostname$|example\.|.*\.(?:example|test|invalid|localhost)$|example\.(?:com|org|net)$|.*\.example\.(?:com|org|net)$)/i.test(host)
}

const inTests = /(?:^|[/._-])(?:tests?|specs?|fixtures?|mocks?|examples?|samples?|testdata|__tests__)(?:[/._-]|$)/i
const trial = /^(?:[sr]k_test_)/

function levelOf({ rule, severity = rule.severity }: Found, { path, text }: { path: string; text: string }): Pick<Finding, 'severity' | 'confidence' | 'tier'> {
  const { confidence, tier } = rule
  if (trial.test(text)) return { severity: 'low', confidence, tier: 'hygiene' }
  if (!inTests.test(path)) return { severity, confidence, tier }
  // What a service would take is a leak wherever it stands; a password of a test's own is none.
  return rule === assigned || rule === urlPassword ? { severity: 'low', confidence: 'low', tier: 'hygiene' } : { severity, confidence: 'medium', tier }
}

/** How a token begins tells its owner which one it is. */
function hint(secret: string, { rule }: Found): string {
  return rule === token ? `, \`${secret.slice(0, 4)}…\`` : ''
}

function lineAround(text: string, { start, end }: Found): string {
  const before = text.slice(Math.max(0, start - 100), start)
  const [after = ''] = text.slice(end, end + 100).split('\n', 1)
  return `${before.slice(before.lastIndexOf('\n') + 1)}${after}`.replace(/\s+/g, ' ')
}
