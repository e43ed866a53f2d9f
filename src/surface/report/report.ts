import type { Illegible, RecordedRun } from '../../index.ts'
import { attacks } from './attacks.ts'
import { batches } from './batches.ts'
import { behaviours } from './behaviours.ts'
import { choiceTop, funnel, unknowns } from './choice.ts'
import { dialogues } from './dialogues.ts'
import { failures } from './failures.ts'
import { findings } from './findings.ts'
import { type Html, html } from './html.ts'
import { modules } from './modules.ts'
import { page } from './page.ts'
import { programs } from './programs.ts'
import { revisions } from './revisions.ts'
import { scoreTable } from './scores.ts'
import { timeline } from './timeline.ts'

/** The story of a run as one page that needs nothing else and runs nothing. All text of the record is untrusted, and escaped. */
export function reportPage(run: RecordedRun, { illegible = [] }: { illegible?: readonly Illegible[] } = {}): string {
  const { verdict } = run
  const scores = verdict === undefined ? undefined : scoreTable(verdict)
  const parts: [id: string, title: string, body: Html | undefined][] = [
    ['why', 'Why', verdict && reasons(funnel(verdict), unknowns(verdict))],
    ['drawing', 'How many were drawn', batches(run)],
    ['programs', verdict?.choice.kind === 'chosen' ? 'The chosen program, and the others' : 'Programs', programs(run)],
    ['scores', 'Scores', verdict === undefined || verdict.ranking.length === 0 ? undefined : scores?.body],
    ['failures', 'What failed', failures(run)],
    ['findings', 'Weaknesses found', findings(run)],
    ['attacks', 'Attacks', attacks(run)],
    ['behaviour', 'Behaviour', behaviours(run)],
    ['dialogue', 'Dialogue', dialogues(run)],
    ['revisions', 'Revisions', revisions(run)],
    ['modules', 'Sub-modules', modules(run)],
    ['timeline', 'Timeline', timeline(run, illegible)],
  ]
  const sections = parts.flatMap(([id, title, body]) => (body === undefined ? [] : [{ id, title, body }]))
  return page({ title: `Countersign: run ${run.id}`, top: choiceTop(run, illegible), sections, foot: made(run, illegible), ...(scores && { rules: scores.rules }) })
}

function reasons(...all: readonly (Html | undefined)[]): Html | undefined {
  return all.every((one) => one === undefined) ? undefined : html`${all}`
}

/** Where a page comes from. */
export function made({ id, verdict }: RecordedRun, illegible: readonly Illegible[] = []): Html {
  const again = verdict === undefined || illegible.length > 0 ? undefined : html`; <code>countersign replay ${id}</code> computes the verdict again`
  return html`<p>Made from the record of run ${id} by <code>countersign show ${id} --html</code>. The page holds no script and asks nothing of the network${again}.</p>`
}
