import picocolors from 'picocolors'
import { expect, test } from 'vitest'
import { chainRun, criticRun, killedRun, plainRun, wideRun } from '../../../test/support/told-run.ts'
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
  expect(titlesIn(story)).toEqual(['candidates', 'what failed', 'weaknesses', 'behaviour', 'dialogue', 'rounds', 'not known'])
  expect(story).toMatch(/direct-r\d, a revision of direct: refused: .*\n {4}--- a\/main\.py\n[^]*? {4}- {4}eval\(input\(\)\)\n/)
  expect(story).toMatch(/direct-r\d, a revision of direct: accepted: mends python\/code-injection on line 3\n[^]*? {4}\+ {4}os\.listdir/)
  expect(story).toMatch(/ {4}evidenced {2}weakness CWE-94 line 3: what somebody typed is run {2}\(F1\)\n/)
  expect(story).toMatch(/f\(1\) == 2 {2}\(\d of \d pass\)\n {4}returned \d: sample-1/)
  expect(story).toMatch(/\nchosen {2}direct-r\d, confidence \d\.\d\d\n$/)
})

test('sections that have nothing are left out, and a run that was killed has no verdict', async () => {
  const story = told(await killedRun())
  expect(titlesIn(story)).toEqual(['candidates', 'what failed'])
  expect(story).toMatch(/^ended +unfinished$/m)
  expect(story).toMatch(/\nno verdict {2}the run is unfinished\n$/)
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
  expect(story).toMatch(/^cannot be read\n {2}candidate: was changed\[2J\n\ncandidates\n/m)
})
