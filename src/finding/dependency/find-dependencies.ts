import type { Language } from '../../records/language.ts'
import { digestRecord } from '../../records/digest.ts'
import type { Finding, FindingSpan } from '../../records/finding.ts'
import type { Span } from '../ir/expression.ts'
import { ecosystemOf } from './ecosystem.ts'
import type { Import } from './import.ts'
import type { Packages } from './manifest.ts'
import { originOf } from './origin.ts'
import { purlOf } from './purl.ts'
import { findingOf, lookalike, unknown } from './rules.ts'

export interface FindDependenciesOptions {
  readonly language: Language
  readonly path: string
  readonly packages: Packages
  readonly place: (span: Span) => FindingSpan
}

/** What is doubtful about the packages that a file names, once for each package; asks nobody. The trace names the package. */
export function findDependencies(imports: readonly Import[], { language, path, packages, place }: FindDependenciesOptions): Finding[] {
  const ecosystem = ecosystemOf[language]
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const { module, optional, start, end } of imports) {
    const origin = originOf(ecosystem, module, packages)
    // A program that says what to do without a package nobody knows does not need it; one that only looks known is a trap all the same.
    if (origin.kind !== 'lookalike' && (origin.kind !== 'unknown' || optional)) continue
    if (seen.has(origin.package)) continue
    seen.add(origin.package)
    const span = place({ start, end })
    const [rule, said] = origin.kind === 'lookalike' ? [lookalike, `\`${origin.package}\`, nearly \`${origin.of}\``] : [unknown, `\`${origin.package}\``]
    const trace = [{ path, span, note: purlOf(ecosystem, origin.package) }]
    findings.push({ ...findingOf(rule, said), path, span, trace, fingerprint: digestRecord({ rule: 'dependency', package: trace[0]?.note, path }) })
  }
  return findings
}
