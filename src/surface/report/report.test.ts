import { createHash } from 'node:crypto'
import picocolors from 'picocolors'
import { beforeAll, expect, test } from 'vitest'
import { hostileRun } from '../../../test/support/hostile-run.ts'
import { attackedRun, chainRun, criticRun, killedRun, plainRun, wideRun } from '../../../test/support/told-run.ts'
import type { RecordedRun } from '../../index.ts'
import { Bounds } from '../cli/bounds.ts'
import { renderRun } from '../cli/run-story.ts'
import { modulePage } from '../module-page.ts'
import { sideBySide } from './difference.ts'
import { html } from './html.ts'
import { reportPage } from './report.ts'
import { momentsOf } from './timeline.ts'

let critic: RecordedRun
let chain: RecordedRun
beforeAll(async () => {
  critic = await criticRun()
  chain = await chainRun()
})

function titlesIn(page: string): string[] {
  return [...page.matchAll(/<h2 [^>]*>([^<]*)<\/h2>/g)].map(([, title = '']) => title)
}

test('a page has the sections that its run has something for', async () => {
  expect(titlesIn(reportPage(critic))).toEqual(['Why', 'The chosen program, and the others', 'Scores', 'What failed', 'Weaknesses found', 'Behaviour', 'Dialogue', 'Revisions', 'Timeline'])
  expect(titlesIn(reportPage(chain))).toEqual(['Why', 'The chosen program, and the others', 'Scores', 'What failed', 'Behaviour', 'Revisions', 'Sub-modules', 'Timeline'])
  const killed = await killedRun()
  expect(titlesIn(reportPage(killed))).toEqual(['Programs', 'What failed', 'Timeline'])
  expect(reportPage(killed)).toContain('No verdict')
})

test('a page allows its own style by its digest, and nothing else', () => {
  for (const page of [reportPage(critic), modulePage(chain)]) {
    const [, css = ''] = /<style>([^]*)<\/style>/.exec(page) ?? []
    const hash = createHash('sha256').update(css).digest('base64')
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`)
    expect(page).not.toMatch(/<script|<img|<link|https?:|style=|\son\w+=/)
  }
})

test('attacks and batches are sections of their own, and what is not known of them is said', async () => {
  const attacked = reportPage(await attackedRun())
  expect(titlesIn(attacked)).toContain('Attacks')
  expect(attacked).toMatch(/✗ came through<\/span><b>sample-1<\/b>[^]*✗ came through<\/span>direct [^]*>held<\/span>direct-r8 [^]*\? not made/)
  expect(attacked).toContain('tools offered natively')
  const plain = await plainRun()
  expect(reportPage(plain)).toContain('It was settled after 3 of 4, so 1 program was never drawn.')
  expect(momentsOf(plain).map(({ what }) => what)).toEqual(['Programs were written', 'The sandbox proved its confinement', 'Programs were read and run', 'What was seen is settled', 'Round 1 ended', 'One was chosen', 'The run is finished'])
})

test('hostile text in every field stays text, on the page and in the terminal', async () => {
  for (const run of [critic, chain, await attackedRun()].map(hostileRun)) {
    const pages = [reportPage(run, { illegible: [{ kind: '<b>', digest: `sha256:${'0'.repeat(64)}`, reason: '"><script>' }] }), modulePage(run)]
    const story = [false, true].map((all) => renderRun(run, { illegible: [], colors: picocolors.createColors(false), bounds: new Bounds({ all }) }))
    for (const page of pages) {
      expect(page).not.toMatch(/<script|<img|<svg onload|<b> |href="[^#]|\s(?:src|style|on\w+)="/i)
      expect(page).toContain('&lt;script&gt;window.hit=1&lt;/script&gt;')
      expect(page.length).toBeLessThan(8_000_000)
    }
    // oxlint-disable-next-line no-control-regex -- none of them may be there
    for (const text of [...pages, ...story]) expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    expect(story[0]!.length).toBeLessThan(200_000)
  }
})

test('a thousand candidates are a page of a bounded size, which says what it leaves out', async () => {
  const page = reportPage(await wideRun(1000))
  expect(page.length).toBeLessThan(500_000)
  expect(page).toContain('900 more candidates are left out')
  expect(page).toContain('970 more programs are left out')
})

test('records that cannot be read are named above all', () => {
  expect(reportPage(critic, { illegible: [{ kind: 'candidate', digest: `sha256:${'0'.repeat(64)}`, reason: 'was changed' }] })).toMatch(/<header>[^]*1 of \d+ records cannot be read[^]*candidate: was changed[^]*<\/header>/)
})

test('the table can be put in the order of each component by its rules alone', async () => {
  const page = reportPage(await plainRun())
  expect(page).toMatch(/<input type="radio" name="order" id="order-1">/)
  expect(page).toMatch(/\.s0\{--o1:0[^}]*\}/)
  expect(page).toContain('.scores:has(#order-1:checked) tbody tr{order:var(--o1)}')
})

test('what happened is told in its order, with times where the record has them', () => {
  const moments = momentsOf(critic)
  expect(moments.map(({ what }) => what)).toEqual(expect.arrayContaining(['Programs were written', 'Critics spoke', 'A revision was refused', 'A revision was accepted', 'One was chosen']))
  expect(moments.every(({ afterMs }, at) => (afterMs ?? -1) >= (moments[at - 1]?.afterMs ?? 0))).toBe(true)
  const older = momentsOf({ ...critic, steps: critic.steps.map(({ kind, digest }) => ({ kind, digest })) })
  expect(older.map(({ what }) => what)).toEqual(moments.map(({ what }) => what))
  expect(older.every(({ afterMs }) => afterMs === undefined)).toBe(true)
})

test('two versions stand side by side: changed lines in one row, far equal ones left out', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}\n`)
  const rows = sideBySide(lines.join(''), lines.with(10, 'other\n').toSpliced(15, 1).join(''))
  expect(rows[0]).toEqual({ kind: 'gap', lines: 7 })
  expect(rows).toContainEqual({ kind: 'lines', before: { text: 'line 10\n', line: 11 }, after: { text: 'other\n', line: 11 } })
  expect(rows).toContainEqual({ kind: 'lines', before: { text: 'line 15\n', line: 16 } })
  expect(sideBySide('a\n', 'a\n')).toEqual([{ kind: 'gap', lines: 1 }])
})

test('only what the tag itself was given is markup', () => {
  expect(String(html`<p title="${'"><b>'}">${['<i>', html`<u>${'&'}</u>`]}</p>`)).toBe('<p title="&quot;&gt;&lt;b&gt;">&lt;i&gt;<u>&amp;</u></p>')
})
