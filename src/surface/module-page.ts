import type { RecordedRun } from '../index.ts'
import { html } from './report/html.ts'
import { modules } from './report/modules.ts'
import { page } from './report/page.ts'
import { choiceTop } from './report/choice.ts'
import { made } from './report/report.ts'

/** A run's sub-modules alone, as one page that needs nothing else. All text in it is untrusted, and escaped. */
export function modulePage(run: RecordedRun): string {
  const body = modules(run) ?? html`<p>This run has no sub-modules: no program was taken apart.</p>`
  return page({ title: `Sub-modules of run ${run.id}`, top: choiceTop(run, []), sections: [{ id: 'modules', title: 'Sub-modules', body }], foot: made(run) })
}
