import type { RecordedRun } from '../../index.ts'
import { failuresOf, type Way } from './failure.ts'
import { clipped, type Html, html } from './html.ts'
import { counted } from './names.ts'
import { first } from './parts.ts'

const most = 20

/** Programs that did not come to the end of their tests, and tests that some do not pass, with what was seen. */
export function failures(run: RecordedRun): Html | undefined {
  const { programs, tests } = failuresOf(run)
  if (programs.length + tests.length === 0) return undefined
  const ended = first(programs, most, { show: way, what: 'ways' })
  const failed = first(tests, most, {
    show: ({ text, passed, of, ways, alike }) => html`<h3><code>${clipped(text, 300)}</code></h3><p class="soft">${passed} of ${of} pass${alike === 0 ? undefined : `; ${counted(alike, 'more test divides', 'more tests divide')} the candidates alike`}</p><ul>${ways.slice(0, most).map(way)}</ul>`,
    what: 'tests',
  })
  return html`${programs.length === 0 ? undefined : html`<h3>Programs that did not come to their tests</h3><ul>${ended.shown}</ul>${ended.left}`}${failed.shown}${failed.left}`
}

function way({ how, who }: Way): Html {
  return html`<li><b>${who.slice(0, 12).join(', ')}${who.length > 12 ? ` and ${who.length - 12} more` : undefined}</b>: <code>${clipped(how, 300)}</code></li>`
}
