import { type RecordedRun, shownCall, shownObservation } from '../../index.ts'
import type { Distinction } from '../../records/distinction.ts'
import type { Task } from '../../records/task.ts'
import { clipped, type Html, html } from './html.ts'
import { counted, labelsOf } from './names.ts'
import { bar, first } from './parts.ts'

/** Candidates that behave alike on all that was run, and the calls on which the best ways differ. */
export function behaviours(run: RecordedRun): Html | undefined {
  const { verdict, distinctions, task } = run
  const clusters = verdict?.clusters ?? []
  if (clusters.length === 0 && distinctions.length === 0) return undefined
  const labels = labelsOf(run)
  const all = clusters.reduce((sum, { mass }) => sum + mass, 0)
  const { shown, left } = first(clusters, 30, {
    show: ({ members, mass, returned }, at) => html`<tr><th scope="row" class="number">${at + 1}</th><td class="number">${mass}</td><td>${bar(0, mass / Math.max(1, all))}</td><td class="number">${Math.round(returned * 100)} %</td><td>${named(members.map((member) => labels.get(member) ?? member))}</td></tr>`,
    what: 'ways of behaving',
  })
  const groups = clusters.length === 0 ? undefined : html`<table><caption>Ways of behaving: candidates of one row did the same on every call.</caption><thead><tr><th scope="col" class="number">Way</th><th scope="col" class="number">Proposals</th><th scope="col">Share</th><th scope="col" class="number">Calls with a value</th><th scope="col">Candidates</th></tr></thead><tbody>${shown}</tbody></table>${left}`
  return html`${groups}${task === undefined ? undefined : distinctions.slice(0, 20).map((one) => difference(one, { task, labels }))}`
}

function difference({ call, observations, between, wanted, unknown, model }: Distinction, { task: { language }, labels }: { task: Task; labels: ReadonlyMap<string, string> }): Html {
  if (call === undefined) return html`<p>No call tells the two best ways apart: ${clipped(unknown ?? '', 300)}</p>`
  const did = new Map<string, string[]>()
  for (const { candidate, observation } of observations) {
    const how = shownObservation(language, observation)
    did.set(how, [...(did.get(how) ?? []), `${labels.get(candidate) ?? candidate}${between.includes(candidate) ? ' (one of the two best)' : ''}`])
  }
  const opinion = wanted === undefined ? `no opinion came of it: ${unknown ?? ''}` : `${model} says that the task wants what ${labels.get(wanted) ?? wanted} did, which is an opinion`
  return html`<h3>A call on which they differ: <code>${clipped(shownCall(language, call), 200)}</code></h3><ul>${[...did].map(([how, who]) => html`<li><b>${named(who)}</b>: <code>${clipped(how, 200)}</code></li>`)}</ul><p class="soft">${clipped(opinion, 400)}</p>`
}

function named(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${counted(names.length - 12, 'more', 'more')}`
}
