import type { ChangedFile } from '../../records/candidate.ts'
import type { Finding, FindingFix } from '../../records/finding.ts'
import type { ScanOptions } from '../scan.ts'
import { type Attempt, attempt, readFile } from './attempt.ts'
import { fixesOf } from './fixes.ts'

export interface FixOptions extends ScanOptions {
  /** Fixes that may change what the program does are made as well. */
  readonly unsafe?: boolean
}

export interface FixedFile {
  readonly content: string
  readonly applied: readonly { readonly finding: Finding; readonly fix: FindingFix }[]
  /** Findings of rules with a fix that were not mended, and why; `offered` would mend it, if what may change the program were wanted. */
  readonly refused: readonly Refused[]
}

interface Refused {
  readonly finding: Finding
  readonly reason: string
  readonly offered?: FindingFix
}

/** A file that holds more is no work of hands; the rest waits for the next run. */
const mostAttempts = 400

/**
 * Mends what can be mended of the findings given, one after another: each change is scanned before the next is tried, and only what took its
 * finding away, added none and parses no worse is kept. What it leaves, it would leave again.
 */
export async function fixFile(file: ChangedFile, findings: readonly Finding[], options: FixOptions = {}): Promise<FixedFile> {
  const { unsafe = false, ...scanning } = options
  const isWanted = ({ behaviour }: Pick<FindingFix, 'behaviour'>) => unsafe || behaviour !== 'may-change'
  const asked = new Set(findings.filter(({ rule }) => fixesOf(rule).length > 0).map(({ fingerprint }) => fingerprint))
  const applied: { finding: Finding; fix: FindingFix }[] = []
  let current = file
  let reading = await readFile(file, scanning)
  let waiting = reading.findings.filter(({ fingerprint }) => asked.has(fingerprint))
  let refused: Refused[] = []
  for (let attempts = 0; waiting.length > 0; attempts++) {
    const [target, ...others] = waiting as [Finding, ...Finding[]]
    const tooMany: Attempt = { kind: 'refused', reason: 'too many findings in one file' }
    const result = attempts < mostAttempts ? await attempt(current, reading, { ...scanning, target, isWanted }) : tooMany
    if (result.kind === 'refused') {
      refused.push({ finding: target, reason: result.reason, ...('offered' in result && { offered: result.offered }) })
      waiting = others
      continue
    }
    // What was refused before may be mended now that this is.
    waiting = [...refused.map(({ finding }) => finding), ...others]
      .map((finding) => result.became.get(finding))
      .filter((finding) => finding !== undefined)
    refused = []
    applied.push({ finding: target, fix: result.fix })
    current = { path: file.path, content: result.content }
    reading = result.reading
  }
  return { content: current.content, applied, refused }
}

/** The findings of a file, each with the fix that would mend it alone, where there is one. */
export async function withFixes(file: ChangedFile, findings: readonly Finding[], options: ScanOptions = {}): Promise<Finding[]> {
  const fixable = new Set(findings.filter(({ rule }) => fixesOf(rule).length > 0).map(({ fingerprint }) => fingerprint))
  if (fixable.size === 0) return [...findings]
  const reading = await readFile(file, options)
  const fixes = new Map<string, FindingFix>()
  for (const target of reading.findings.filter(({ fingerprint }) => fixable.has(fingerprint)).slice(0, mostAttempts)) {
    const result = await attempt(file, reading, { ...options, target, isWanted: () => true })
    if (result.kind === 'fixed') fixes.set(target.fingerprint, result.fix)
  }
  return findings.map((finding) => {
    const fix = fixes.get(finding.fingerprint)
    return fix === undefined ? finding : { ...finding, fix }
  })
}
