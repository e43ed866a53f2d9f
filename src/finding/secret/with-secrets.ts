import type { Finding } from '../../records/finding.ts'
import { confidences, tiers } from '../../records/names.ts'

// Passwords and keys in the source, as the rules of languages call them.
const inSource = new Set([259, 321, 798])

/** Whether a weakness is a secret that stands in the source, so that not even a digest of it may be told. */
export function isSecretInSource(cwe: number | undefined): boolean {
  return cwe !== undefined && inSource.has(cwe)
}

/** A file's findings with its secrets, in the order of the text. What a language's rule sees in the same place is told once, by whoever is surer. */
export function withSecrets(findings: readonly Finding[], secrets: readonly Finding[]): Finding[] {
  if (secrets.length === 0) return [...findings]
  const rivals = findings.filter(({ cwe }) => isSecretInSource(cwe))
  const kept = secrets.filter((secret) => !rivals.some((rival) => touches(rival, secret) && rank(rival) >= rank(secret)))
  const beaten = new Set(rivals.filter((rival) => kept.some((secret) => touches(rival, secret))))
  return [...findings.filter((finding) => !beaten.has(finding)), ...kept].sort((a, b) => a.span.start - b.span.start || (a.rule < b.rule ? -1 : 1))
}

function touches({ span: one }: Finding, { span: other }: Finding): boolean {
  return one.line <= other.endLine && other.line <= one.endLine
}

function rank({ tier, confidence }: Finding): number {
  return (tiers.length - tiers.indexOf(tier)) * 10 - confidences.indexOf(confidence)
}
