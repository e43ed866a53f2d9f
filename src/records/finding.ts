import { z } from 'zod'
import { Digest } from './digest.ts'
import { confidences, severities, tiers } from './names.ts'

/** A place in a file: positions in the text (UTF-16 units, end exclusive) and the lines and columns people read, counted from 1. */
export const FindingSpan = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(0),
  line: z.int().min(1),
  column: z.int().min(1),
  endLine: z.int().min(1),
  endColumn: z.int().min(1),
})
export type FindingSpan = z.infer<typeof FindingSpan>

export const Severity = z.enum(severities)
export type Severity = z.infer<typeof Severity>

export const Confidence = z.enum(confidences)
export type Confidence = z.infer<typeof Confidence>

export const Tier = z.enum(tiers)
export type Tier = z.infer<typeof Tier>

/** One step of the way from the source to the sink. */
export const TraceStep = z.strictObject({ path: z.string(), span: FindingSpan, note: z.string() })
export type TraceStep = z.infer<typeof TraceStep>

/** Replaces `start` to `end` of the file's text. */
export const Edit = z.strictObject({ start: z.int().min(0), end: z.int().min(0), text: z.string() })
export type Edit = z.infer<typeof Edit>

/**
 * What a fix changes for those who mean well. `same`: nothing. `stricter`: what relied on the weakness is refused from now on, all else stays.
 * `may-change`: results can differ, or something must be provided (a variable of the environment, a package): for people to decide.
 */
export const FixBehaviour = z.enum(['same', 'stricter', 'may-change'])
export type FixBehaviour = z.infer<typeof FixBehaviour>

/** A change of the file that takes a finding away, adds none and parses no worse: all of that was tried. Edits do not overlap. */
export const FindingFix = z.strictObject({ title: z.string().min(1), behaviour: FixBehaviour, edits: z.array(Edit).min(1) })
export type FindingFix = z.infer<typeof FindingFix>

/**
 * Something wrong in a source file. `fingerprint` stays the same when lines move. What another tool found has that tool's name as `tool` and
 * may lack what the tool does not say; `agreedBy` are further tools that see the same weakness in the same place.
 */
export const Finding = z.strictObject({
  rule: z.string().min(1),
  cwe: z.int().min(1).exactOptional(),
  owasp: z.string().min(1).exactOptional(),
  tool: z.string().min(1).exactOptional(),
  agreedBy: z.array(z.string().min(1)).exactOptional(),
  severity: Severity,
  confidence: Confidence,
  tier: Tier,
  message: z.string().min(1),
  path: z.string().min(1),
  span: FindingSpan,
  trace: z.array(TraceStep),
  fingerprint: Digest,
  fix: FindingFix.exactOptional(),
})
export type Finding = z.infer<typeof Finding>

/** A line that does what cannot be read off it: it finds a function by a name that is put together, say, or runs a text. */
export const HiddenPlace = z.strictObject({ line: z.int().min(1), how: z.string().min(1) })
export type HiddenPlace = z.infer<typeof HiddenPlace>

/**
 * How far a file was read. Only `read` lets the absence of findings mean anything; `reason` says what stood in the way. Where that are places that
 * hide what they do, and nothing else, `hidden` has them. A skipped file with a `language` is a program that no front end reads.
 */
export const FileCoverage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), path: z.string(), language: z.string(), parseErrors: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('incomplete'),
    path: z.string(),
    language: z.string(),
    reason: z.string(),
    hidden: z.array(HiddenPlace).min(1).exactOptional(),
    parseErrors: z.int().min(0).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('skipped'), path: z.string(), language: z.string().exactOptional(), reason: z.string() }),
])
export type FileCoverage = z.infer<typeof FileCoverage>

/** What a scan found, in the order of files and positions, and how far it could look. */
export const Scan = z.strictObject({ findings: z.array(Finding), coverage: z.array(FileCoverage) })
export type Scan = z.infer<typeof Scan>

/** What a scan found in one distinct candidate. */
export const CandidateScan = z.strictObject({ candidate: Digest, ...Scan.shape })
export type CandidateScan = z.infer<typeof CandidateScan>

/** How many findings there are that are equally bad. */
export const FindingCount = z.strictObject({ tier: Tier, confidence: Confidence, severity: Severity, count: z.int().min(1) })
export type FindingCount = z.infer<typeof FindingCount>

export { whyUnfinished } from './unfinished.ts'
