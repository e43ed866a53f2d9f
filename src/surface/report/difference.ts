import { compareLines, type Line, linesOf } from '../line-comparison.ts'
import { clipped, type Html, html } from './html.ts'

interface Side {
  text: string
  line: number
}

/** A row of two versions side by side; without a side there is nothing to stand beside the other. `gap` equal lines are left out. */
export type Row = { kind: 'lines'; before?: Side; after?: Side } | { kind: 'gap'; lines: number }

const context = 3

/** Two texts side by side: lines that stand in each other's place in one row, and long equal parts left out. */
export function sideBySide(before: string, after: string): Row[] {
  const rows = paired(compareLines(linesOf(before), linesOf(after)))
  const near = new Set(rows.flatMap((row, at) => (isChanged(row) ? Array.from({ length: 2 * context + 1 }, (_, i) => at - context + i) : [])))
  const shown: Row[] = []
  for (const [at, row] of rows.entries()) {
    const last = shown.at(-1)
    if (near.has(at)) shown.push(row)
    else if (last?.kind === 'gap') last.lines += 1
    else shown.push({ kind: 'gap', lines: 1 })
  }
  return shown
}

function isChanged(row: Row): boolean {
  return row.kind === 'lines' && row.before?.text !== row.after?.text
}

function paired(lines: readonly Line[]): Row[] {
  const rows: Row[] = []
  let [gone, come]: [Side[], Side[]] = [[], []]
  let [left, right] = [0, 0]
  const flush = () => {
    for (let at = 0; at < Math.max(gone.length, come.length); at++) {
      const [before, after] = [gone[at], come[at]]
      rows.push({ kind: 'lines', ...(before && { before }), ...(after && { after }) })
    }
    ;[gone, come] = [[], []]
  }
  for (const { mark, text } of lines) {
    if (mark !== '+') left += 1
    if (mark !== '-') right += 1
    if (mark === '-') gone.push({ text, line: left })
    else if (mark === '+') come.push({ text, line: right })
    else {
      flush()
      rows.push({ kind: 'lines', before: { text, line: left }, after: { text, line: right } })
    }
  }
  flush()
  return rows
}

const mostRows = 300
const longestLine = 1000

/** A difference as a table; `names` are those of the two versions. */
export function differenceTable({ path, before, after, names }: { path: string; before: string; after: string; names: readonly [string, string] }): Html {
  const rows = sideBySide(before, after)
  if (rows.every((row) => row.kind === 'gap')) return html`<p class="soft">${path} is the same in both.</p>`
  return html`<table class="diff"><caption>${path}</caption><colgroup><col class="line"><col><col class="line"><col></colgroup>
<thead><tr><th scope="col" class="line"><span class="hidden">Line before</span></th><th scope="col">${names[0]}</th><th scope="col" class="line"><span class="hidden">Line after</span></th><th scope="col">${names[1]}</th></tr></thead>
<tbody>${rows.slice(0, mostRows).map(tableRow)}</tbody></table>${rows.length > mostRows ? html`<p class="soft">… ${rows.length - mostRows} more rows</p>` : undefined}`
}

function tableRow(row: Row): Html {
  if (row.kind === 'gap') return html`<tr><td class="gap" colspan="4">${row.lines} equal ${row.lines === 1 ? 'line' : 'lines'}</td></tr>`
  const { before, after } = row
  if (before?.text === after?.text) return html`<tr>${number(before)}<td class="code same-before">  ${content(before)}</td>${number(after)}<td class="code">  ${content(after)}</td></tr>`
  const [old, young] = before === undefined || after === undefined ? [content(before), content(after)] : marked(before.text, after.text)
  return html`<tr>${number(before)}${before === undefined ? empty : html`<td class="code gone"><del><span class="sign">− </span>${old}</del></td>`}${number(after)}${after === undefined ? empty : html`<td class="code come"><ins><span class="sign">+ </span>${young}</ins></td>`}</tr>`
}

const empty = html`<td class="code none"></td>`

function number(side: Side | undefined): Html {
  return html`<td class="line">${side?.line}</td>`
}

function content(side: Side | undefined): Html {
  return html`${clipped((side?.text ?? '').replace(/\r?\n$/, ''), longestLine)}`
}

/** Two lines with that part of each marked in which they differ. */
function marked(before: string, after: string): [Html, Html] {
  const [a, b] = [before.slice(0, longestLine).replace(/\r?\n$/, ''), after.slice(0, longestLine).replace(/\r?\n$/, '')]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  // Where hardly anything is the same, all of it is marked already.
  const isPart = start + end > Math.min(a.length, b.length) / 3
  const part = (text: string, name: 'del' | 'ins') => {
    const middle = text.slice(start, text.length - end)
    if (!isPart || middle === '') return html`${text}`
    return name === 'del' ? html`${text.slice(0, start)}<del>${middle}</del>${text.slice(text.length - end)}` : html`${text.slice(0, start)}<ins>${middle}</ins>${text.slice(text.length - end)}`
  }
  return [part(a, 'del'), part(b, 'ins')]
}
