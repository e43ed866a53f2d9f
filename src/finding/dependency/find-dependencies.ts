import type { ChangedFile } from '../../records/candidate.ts'
import { digestRecord } from '../../records/canonical-json.ts'
import type { Finding, FindingSpan } from '../../records/finding.ts'
import type { Language } from '../../records/language.ts'
import type { Span } from '../ir/expression.ts'
import { spanReader } from '../position.ts'
import { type Ecosystem, ecosystemOf } from './ecosystem.ts'
import type { Import } from './import.ts'
import { askedFor, type Packages } from './manifest.ts'
import { type Origin, originOf, originOfPackage } from './origin.ts'
import { purlOf } from './purl.ts'
import { findingOf, lookalike, unknown } from './rules.ts'

export interface FindDependenciesOptions {
  readonly language: Language
  readonly path: string
  readonly packages: Packages
  readonly place: (span: Span) => FindingSpan
}

/** What is doubtful about the packages that a program names, once for each; asks nobody. The trace names the package. */
export function findDependencies(imports: readonly Import[], { language, path, packages, place }: FindDependenciesOptions): Finding[] {
  const ecosystem = ecosystemOf[language]
  const doubtful = imports.flatMap(({ module, optional, start, end }) => {
    const origin = originOf(ecosystem, module, packages)
    // A program that says what to do without a package nobody knows does not need it; one that only looks known is a trap all the same.
    return optional && origin.kind === 'unknown' ? [] : [{ origin, span: place({ start, end }) }]
  })
  return findingsOf(doubtful, { ecosystem, path })
}

/** The same for the packages that a manifest asks to be installed. */
export function findAskedFor(file: ChangedFile, packages: Packages): Finding[] {
  const { ecosystem, names } = askedFor(file) ?? {}
  if (ecosystem === undefined || names === undefined) return []
  const readSpan = spanReader(file.content)
  let before = 0
  const doubtful = names.map((name) => {
    // Names come in the order of the text, or nearly.
    const start = placeOf(name, file.content, before) ?? placeOf(name, file.content, 0) ?? 0
    before = start
    return { origin: originOfPackage(ecosystem, name, packages), span: readSpan({ start, end: start + name.length }) }
  })
  return findingsOf(doubtful, { ecosystem, path: file.path }).sort((a, b) => a.span.start - b.span.start)
}

/** Where a name stands by itself, and not as part of a longer one. */
function placeOf(name: string, text: string, from: number): number | undefined {
  const isPart = (at: number) => /[\w.-]/.test(text[at] ?? '')
  for (let at = text.indexOf(name, from); at !== -1; at = text.indexOf(name, at + 1)) if (!isPart(at - 1) && !isPart(at + name.length)) return at
  return undefined
}

function findingsOf(doubtful: readonly { origin: Origin; span: FindingSpan }[], { ecosystem, path }: { ecosystem: Ecosystem; path: string }): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const { origin, span } of doubtful) {
    if ((origin.kind !== 'lookalike' && origin.kind !== 'unknown') || seen.has(origin.package)) continue
    seen.add(origin.package)
    const [rule, said] = origin.kind === 'lookalike' ? [lookalike, `\`${origin.package}\`, nearly \`${origin.of}\``] : [unknown, `\`${origin.package}\``]
    const note = purlOf(ecosystem, origin.package)
    findings.push({ ...findingOf(rule, said), path, span, trace: [{ path, span, note }], fingerprint: digestRecord({ rule: 'dependency', package: note, path }) })
  }
  return findings
}
