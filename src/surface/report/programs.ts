import type { RecordedRun } from '../../index.ts'
import { contentDigest, type Candidate } from '../../records/candidate.ts'
import { outcomeOf, rejectionOf } from '../cli/fate.ts'
import { type Html, html } from './html.ts'
import { labelsOf } from './names.ts'
import { code } from './parts.ts'

const most = 30
const mostText = 300_000

/** The program that was chosen, or the best one, and the others folded away. */
export function programs(run: RecordedRun): Html | undefined {
  const labels = labelsOf(run)
  const order = run.verdict?.ranking.map(({ candidate }) => candidate) ?? run.screenings.map(({ candidate }) => candidate)
  const byDigest = new Map<string, Candidate>(run.candidates.toReversed().map((candidate) => [contentDigest(candidate), candidate]))
  const known = order.flatMap((digest) => byDigest.get(digest) ?? [])
  if (known.length === 0) return undefined
  let text = 0
  const shown = known.slice(0, most).filter(({ files }) => (text += files.reduce((sum, { content }) => sum + content.length, 0)) <= mostText || files === known[0]?.files)
  const views = shown.map((candidate, at) => {
    const digest = contentDigest(candidate)
    return html`<details${at === 0 ? html` open` : undefined}><summary><b>${labels.get(digest) ?? candidate.id}</b> <small>${fateOf(run, digest)}</small></summary>${alike(run, digest)}${candidate.files.slice(0, 20).map(({ path, content }) => html`<p class="soft">${path}</p>${code(content)}`)}</details>`
  })
  return html`${views}${known.length > shown.length ? html`<p class="soft">${known.length - shown.length} more programs are left out, so that the page stays readable; <code>countersign show RUN --candidate NAME</code> prints one.</p>` : undefined}`
}

/** The names that one program was proposed under. */
function alike({ screenings }: RecordedRun, digest: string): Html | undefined {
  const { ids = [] } = screenings.find(({ candidate }) => candidate === digest) ?? {}
  return ids.length < 2 ? undefined : html`<p class="soft">Proposed as ${ids.slice(0, 12).join(', ')}${ids.length > 12 ? ` and ${ids.length - 12} more` : undefined}.</p>`
}

function fateOf({ screenings, executions }: RecordedRun, digest: string): string {
  const screening = screenings.find(({ candidate }) => candidate === digest)
  const execution = executions.find(({ candidate }) => candidate === digest)
  return (screening && rejectionOf(screening)) ?? (execution === undefined ? 'not run' : outcomeOf(execution))
}
