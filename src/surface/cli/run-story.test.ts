import picocolors from 'picocolors'
import { expect, test } from 'vitest'
import { attackedRun, chainRun, criticRun, killedRun, plainRun, wideRun } from '../../../test/support/told-run.ts'
import type { Illegible, RecordedRun } from '../../index.ts'
import { Bounds } from './bounds.ts'
import { renderRun } from './run-story.ts'

const colors = picocolors.createColors(false)

function told(run: RecordedRun, { all = false, illegible = [] }: { all?: boolean; illegible?: Illegible[] } = {}): string {
  return renderRun(run, { illegible, colors, bounds: new Bounds({ all }) })
}

function titlesIn(story: string): string[] {
  return story.split('\n').filter((line, at, lines) => lines[at - 1] === '' && /^[a-z]+( [a-z]+)*$/.test(line))
}

test('a run with critics is told from its task to its choice, each revision with its difference and what became of it', async () => {
  const story = told(await criticRun(), { all: true })
  expect(titlesIn(story)).toEqual(['candidates', 'what failed', 'weaknesses', 'behaviour', 'dialogue', 'who spoke', 'not known'])
  expect(story).toMatch(/direct-r\d, a revision of direct: refused: .*\n {4}--- a\/main\.py\n[^]*? {4}- {4}eval\(input\(\)\)\n/)
  expect(story).toMatch(/direct-r\d, a revision of direct: accepted: mends python\/code-injection on line 3\n[^]*? {4}\+ {4}os\.listdir/)
  expect(story).toMatch(/ {4}evidenced {2}weakness CWE-94 line 3: what somebody typed is run {2}\(F1\)\n/)
  expect(story).toMatch(/f\(1\) == 2 {2}\(\d of \d pass\)\n {4}sample-1: returned \d/)
  expect(story).toMatch(/\nchosen {2}direct-r\d, confidence \d\.\d\d\n$/)
})

test('sections that have nothing are left out, and a run that was killed has no verdict', async () => {
  const story = told(await killedRun())
  expect(titlesIn(story)).toEqual(['candidates', 'what failed'])
  expect(story).toMatch(/^ended +unfinished$/m)
  expect(story).toMatch(/\nno verdict {2}the run is unfinished: it is still going on, or its process was killed\n$/)
})

test('a run in rounds says what each came to', async () => {
  expect(told(await chainRun())).toMatch(/^rounds\nround 1: 4 programs\nround 2: /m)
})

test('a thousand programs are told in short, with how to see the rest, and in full where all is asked for', async () => {
  const run = await wideRun(1000)
  const story = told(run)
  expect(story.split('\n').length).toBeLessThan(60)
  expect(story).toContain('… 988 more candidates')
  expect(story).toContain(`countersign show ${run.id} --all`)
  const whole = told(run, { all: true })
  expect(whole).not.toContain('--all')
  expect(whole).toContain('sample-999')
})

test('what cannot be read is named in front of what can', async () => {
  const story = told(await plainRun(), { illegible: [{ kind: 'candidate', digest: `sha256:${'0'.repeat(64)}`, reason: 'was changed\u001b[2J' }] })
  expect(story).toMatch(/^cannot be read\n {2}candidate: was changed\[2J\n\nhow many were drawn\n/m)
})

test('attacks are told with what came of each, and what is not known of them', async () => {
  const run = await attackedRun()
  expect(told(run)).toContain(`
attacks
  f("{{code}}")
    sample-1, round 1, pre-emptive: it came through: the text was run as code
    direct: an attack of this kind came through there too
    direct-r8: tried there too, and nothing came through
  f("{{sql}}")
    sample-1, round 1, pre-emptive: nothing came through, or the program does the same with what is allowed
  nonsense
    sample-1, round 1, pre-emptive: not made (failed): there is no call of f with plain values in it
`)
  const { verdict: _, ...killed } = run
  expect(told(killed)).toContain('what it does to the other programs is not known: the run ended before')
})

test('what was drawn in batches is told, and why there was no more', async () => {
  const run = await plainRun()
  expect(told(run)).toMatch(/\nhow many were drawn\n {2}3 of 4 drawn: 1 vote for the way the best behaves, none for another; the risk that it is overtaken is 0\.125 \(0\.200 is allowed\), so the rest is not drawn\n\n/)
  const { verdict: _, ...rest } = run
  const open = { ...run.looks[0]!, kind: 'open' as const }
  const { drawing, ...before } = rest
  expect(told({ ...before, looks: [open] })).toMatch(/0\.200 is allowed\)\n {2}The run ended before the next batch was looked at\.\n/)
  expect(told({ ...run, looks: [] })).toContain('3 of 4 drawn')
  expect(drawing?.looks).toEqual(run.looks)
})
