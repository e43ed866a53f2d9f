import { clipped, type Html, html } from './html.ts'

const longestLine = 2000
const mostLines = 400

/** A program with its lines numbered, so much of it as a page can hold. */
export function code(text: string, most = mostLines): Html {
  const lines = text.slice(0, 200_000).replace(/\n$/, '').split('\n')
  // A line's end stays inside of its element, so that what is copied has lines too.
  const shown = lines.slice(0, most).map((line) => html`<span>${clipped(line, longestLine)}
</span>`)
  return html`<pre class="lines">${shown}</pre>${lines.length > most ? html`<p class="soft">… ${lines.length - most} more lines</p>` : undefined}`
}

/** Some text of a model, a tool or a user with its line ends. */
export function words(text: string, most = 4000): Html {
  return html`<pre>${clipped(text.trim(), most)}</pre>`
}

export function badge(kind: 'good' | 'bad' | 'warn' | 'plain', text: string): Html {
  return html`<span class="badge ${kind}">${text}</span>`
}

/** From `from` to `to` of a rail that is 1 long, as a drawing that says nothing by itself. */
export function bar(from: number, to: number): Html {
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" y="3.5" width="100" height="1"/><rect x="${place(from)}" width="${Math.max(0.6, place(to) - place(from))}" height="8" rx="1"/></svg>`
}

function place(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10
}

/** The first ones, and a sentence about those that are left out. */
export function first<T>(items: readonly T[], most: number, { show, what }: { show: (item: T, at: number) => Html; what: string }): { shown: Html[]; left: Html | undefined } {
  const left = items.length - most
  return { shown: items.slice(0, most).map(show), left: left > 0 ? html`<p class="soft">${left} more ${what} are left out, so that the page stays readable; <code>countersign show RUN --json</code> holds them all.</p>` : undefined }
}
