import { digestRecord } from '../records/canonical-json.ts'
import type { Confidence, Finding, TraceStep } from '../records/finding.ts'
import type { Surroundings } from './beside.ts'
import type { Hit } from './engine/machine.ts'
import { isOwn } from './engine/neighbour.ts'
import type { Taint, Trail } from './engine/taint.ts'
import { spanReader } from './position.ts'
import { isSecretInSource } from './secret/with-secrets.ts'
import type { Span } from './ir/expression.ts'

const sureness: Record<Confidence, number> = { high: 2, medium: 1, low: 0 }

/** Findings from what the rules said of one file: once for each place, the surest, in the order of the text. */
export function findingsOf(hits: readonly Hit[], file: { path: string; text: string; shift: number; beside?: Surroundings | undefined }): Finding[] {
  const best = new Map<string, Hit>()
  for (const hit of hits) {
    // Two rules that see one weakness in one place (a habit, and what comes of it) are one finding.
    const key = `${hit.report.cwe ?? hit.rule.cwe}@${hit.span.start}`
    const known = best.get(key)
    if (known === undefined || rank(hit) > rank(known)) best.set(key, hit)
  }
  const readSpan = spanReader(file.text)
  const place = (span: Span) => readSpan({ start: span.start - file.shift, end: span.end - file.shift })
  const stepAt = (at: Span, note: string): TraceStep => {
    const other = isOwn(at) ? undefined : file.beside?.at(at.start)
    return other === undefined ? { path: file.path, span: place(at), note } : { path: other.path, span: other.place(at), note }
  }
  const ordered = [...best.values()].sort((a, b) => a.span.start - b.span.start || (a.rule.id < b.rule.id ? -1 : 1))
  const ordinals = new Map<string, number>()
  return ordered.map((hit) => {
    const span = place(hit.span)
    const text = file.text.slice(span.start, span.end).replace(/\s+/g, '')
    // A digest of a short secret tells it to whoever tries them all.
    const sink = isSecretInSource(hit.report.cwe ?? hit.rule.cwe) ? text.replace(/(["'`]).*?\1/g, '$1$1') : text
    const identity = { rule: hit.rule.id, sink, enclosing: hit.enclosing }
    const key = JSON.stringify(identity)
    const ordinal = ordinals.get(key) ?? 0
    ordinals.set(key, ordinal + 1)
    return {
      rule: hit.rule.id,
      cwe: hit.report.cwe ?? hit.rule.cwe,
      owasp: hit.rule.owasp,
      severity: hit.report.severity ?? hit.rule.severity,
      confidence: hit.report.confidence ?? hit.rule.confidence,
      tier: hit.report.tier ?? hit.rule.tier,
      message: hit.report.message ?? hit.rule.message,
      path: file.path,
      span,
      trace: hit.report.taint === undefined ? [] : [...traceOf(hit.report.taint, stepAt), ...(hit.reaches === undefined ? [] : [stepAt(hit.reaches, 'used here')])],
      fingerprint: digestRecord({ ...identity, ordinal }),
    }
  })
}

function rank({ rule, report }: Hit): number {
  return sureness[report.confidence ?? rule.confidence] + ((report.tier ?? rule.tier) === 'vulnerability' ? 10 : 0)
}

function traceOf(taint: Taint, stepAt: (at: Span, note: string) => TraceStep): TraceStep[] {
  const steps: TraceStep[] = []
  for (let step: Trail | undefined = taint.trail; step !== undefined; step = step.before)
    steps.push(stepAt(step, step.note))
  return [...steps, stepAt(taint.origin, taint.origin.label)].reverse()
}
