import type { RecordedRun } from '../../index.ts'
import { contentDigest } from '../../records/candidate.ts'
import type { Finding } from '../../records/finding.ts'
import { clipped, type Html, html } from './html.ts'
import { labelsOf } from './names.ts'
import { badge, first } from './parts.ts'

interface Found {
  finding: Finding
  who: string[]
  /** The lines of the first program in which it was found, by path. */
  files: ReadonlyMap<string, readonly string[]>
}

/** What was found in the candidates, each with the way from where an attacker's value comes in to where it does harm. */
export function findings(run: RecordedRun): Html | undefined {
  const found = gathered(run)
  if (found.length === 0) return undefined
  const [worst, habits] = [found.filter(({ finding }) => finding.tier === 'vulnerability'), found.filter(({ finding }) => finding.tier === 'hygiene')]
  const { shown, left } = first(worst, 40, { show: weakness, what: 'findings' })
  const rest = first(habits, 40, { show: weakness, what: 'habits' })
  return html`${shown}${left}${habits.length === 0 ? undefined : html`<details><summary>${habits.length} bad habits, which are no weakness by themselves</summary>${rest.shown}${rest.left}</details>`}`
}

/** Equal findings of several candidates are one. */
function gathered(run: RecordedRun): Found[] {
  const labels = labelsOf(run)
  const programs = new Map<string, ReadonlyMap<string, string[]>>(run.candidates.map((candidate) => [contentDigest(candidate), new Map(candidate.files.map(({ path, content }) => [path, content.split('\n')]))]))
  const found = new Map<string, Found>()
  for (const { candidate, findings: own } of run.scans) {
    for (const finding of own) {
      const key = `${finding.fingerprint} ${finding.span.line} ${finding.message}`
      const known = found.get(key)
      const label = labels.get(candidate) ?? candidate
      if (known === undefined) found.set(key, { finding, who: [label], files: programs.get(candidate) ?? new Map() })
      else known.who.push(label)
    }
  }
  return [...found.values()].toSorted((a, b) => b.who.length - a.who.length)
}

function weakness({ finding: { rule, cwe, severity, confidence, path, span, message, trace, tool, fix }, who, files }: Found): Html {
  const step = (at: { path: string; span: { line: number } }, note: string) => {
    const line = files.get(at.path)?.[at.span.line - 1]?.trim()
    return html`<li>${note === '' ? undefined : html`${clipped(note, 300)} `}<small>${at.path}:${at.span.line}</small>${line === undefined || line === '' ? undefined : html`<br><code>${clipped(line, 300)}</code>`}</li>`
  }
  return html`<article><h3>${rule}${cwe === undefined ? undefined : ` (CWE-${cwe})`} in ${who.slice(0, 8).join(', ')}${who.length > 8 ? ` and ${who.length - 8} more` : undefined}</h3>
<p>${badge(severity === 'critical' || severity === 'high' ? 'bad' : 'warn', `severity ${severity}`)}${badge('plain', `confidence ${confidence}`)}${tool === undefined ? undefined : badge('plain', `found by ${tool}`)}</p>
<p>${clipped(message, 2000)}</p>
<ol class="path">${trace.slice(0, 30).map((one) => step(one, one.note))}${step({ path, span }, rule.startsWith('observed/') ? 'what was attacked:' : 'here it does harm:')}</ol>${fix === undefined ? undefined : html`<p>A rule can mend it: ${fix.title} <small>(${fix.behaviour})</small></p>`}</article>
`
}
