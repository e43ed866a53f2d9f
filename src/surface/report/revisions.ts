import type { RecordedRun } from '../../index.ts'
import { type Candidate, contentDigest } from '../../records/candidate.ts'
import type { Repair } from '../../records/repair.ts'
import { differenceTable } from './difference.ts'
import { clipped, type Html, html } from './html.ts'
import { badge, first } from './parts.ts'

const most = 40

/** Each revision beside the program that it is a revision of, with why it was accepted or refused. */
export function revisions(run: RecordedRun): Html | undefined {
  const repaired = first(run.repairs, most, { show: (repair) => repairOf(run, repair), what: 'revisions' })
  const written = first(run.revisions.filter(({ of }) => of !== undefined), most, { show: (revision) => roundOf(run, revision), what: 'programs of later rounds' })
  if (repaired.shown.length + written.shown.length === 0) return undefined
  return html`${repaired.shown}${repaired.left}${written.shown}${written.left}`
}

const checks: Record<Repair['objections'][number]['check'], string> = {
  program: 'Answer',
  changed: 'Change',
  parses: 'Syntax',
  read: 'Reading',
  addressed: 'What it was to mend',
  'new-finding': 'New weakness',
  tests: 'Tests',
  'test-files': 'Test files',
  behaviour: 'Behaviour',
}

function repairOf({ candidates }: RecordedRun, { id, of, fate, round, stage, actor, targets, mended, objections, child }: Repair): Html {
  const why = fate === 'accepted' ? html`<p>It mends:</p>${goals(mended)}` : html`<p>What speaks against it:</p><ul>${objections.map(({ check, detail }) => html`<li><b>${checks[check]}</b>: ${clipped(detail, 600)}</li>`)}</ul>`
  return html`<article><h3>${id}, a revision of ${of}</h3>
<p>${badge(fate === 'accepted' ? 'good' : 'bad', fate === 'accepted' ? '✓ accepted' : '✗ refused')}<small>round ${round}, ${stage}, by ${actor}</small></p>
${why}${targets.length === 0 || fate === 'accepted' ? undefined : html`<details><summary>What it was to mend</summary>${goals(targets)}</details>`}
${child === undefined ? html`<p class="soft">Its answer held no program.</p>` : changes(candidates.find((candidate) => candidate.id === of), child.candidate, [of, id])}</article>
`
}

function goals(targets: Repair['targets']): Html {
  return html`<ul>${targets.map((target) => html`<li>${target.kind === 'finding' ? `${target.rule} on line ${target.line}` : clipped(target.text, 200)}</li>`)}</ul>`
}

/** A program of a later round, which is to be better than the best one before it. */
function roundOf({ candidates, verdict }: RecordedRun, { id, of, candidate, round, reused = [], adapted = [] }: RecordedRun['revisions'][number]): Html {
  const before = candidates.find((one) => contentDigest(one) === of)
  const own = candidates.find((one) => one.id === id)
  const place = verdict?.ranking.findIndex((score) => score.ids.includes(id)) ?? -1
  const score = verdict?.ranking[place]
  const fate = score === undefined ? badge('plain', 'not ranked') : score.rejected === undefined ? badge(place === 0 ? 'good' : 'plain', `place ${place + 1}`) : badge('bad', '✗ rejected')
  return html`<article><h3>${id}, written in round ${round}${before === undefined ? undefined : `, to be better than ${before.id}`}</h3>
<p>${fate}<small>${reused.length} sub-modules as they were offered, ${adapted.length} adapted</small></p>
<p>${clipped(verdict?.reasons[place] ?? candidateNote(candidate), 600)}</p>
${own === undefined ? undefined : html`<details${place === 0 ? html` open` : undefined}><summary>What is different</summary>${changes(before, own, [before?.id ?? 'before', id])}</details>`}</article>
`
}

function candidateNote(digest: string): string {
  return `its content is ${digest}`
}

function changes(parent: Candidate | undefined, child: Candidate, names: readonly [string, string]): Html {
  return html`${child.files.slice(0, 20).map(({ path, content }) => differenceTable({ path, before: parent?.files.find((file) => file.path === path)?.content ?? '', after: content, names }))}`
}
