import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anEvidence, aTask, aTest, type Known } from '../../../test/support/builders.ts'
import { Workplace } from '../../../test/support/command-line.ts'
import { defaults } from '../../config.ts'
import { decide } from '../../countersign.ts'
import { type Recorder, Store } from '../../store/store.ts'

let place: Workplace
let store: Store

beforeEach(() => {
  place = new Workplace()
  store = Store.open(join(place.folder, 'store'))
})
afterEach(() => {
  store.close()
  place.remove()
})

const task = aTask({ tests: [aTest()] })
const good: Known = { tests: ['passed'], calls: [2] }
const bad: Known = { tests: ['failed'], calls: [3] }

/** Keeps a run about candidates by id, without its end where it was killed. */
function keep(known: Record<string, Known>, { killed = false, instruction = 'write f' } = {}): Recorder {
  const recorder = store.begin({ title: 't', versions: { countersign: '0.1.0' } })
  const evidence = anEvidence({ ...task, instruction }, known)
  recorder.add('configuration', defaults)
  recorder.add('task', evidence.task)
  for (const candidate of evidence.candidates) recorder.add('candidate', candidate)
  for (const screening of evidence.screenings) recorder.add('screening', screening)
  for (const scan of evidence.scans) recorder.add('scan', scan)
  for (const execution of evidence.executions) recorder.add('execution', execution)
  if (killed) return recorder
  recorder.add('verdict', decide(evidence, defaults))
  recorder.end({ stop: 'finished' })
  return recorder
}

const exported = async (...parts: string[]) => await place.run(['export', '--store', 'store', ...parts])

test('a run gives its pairs on standard output, the same bytes each time', async () => {
  const { id } = keep({ good, bad, worse: { tests: ['error'], calls: [{ kind: 'raised', error: { type: 'E', message: '' } }] } })
  const [first, again] = [await exported(id, '--format', 'dpo'), await exported('latest', '--format', 'dpo')]
  expect(first.status).toBe(0)
  expect(first.stdout).toBe(again.stdout)
  const lines = first.stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { rejected: string; provenance: { run: string } })
  expect(lines.map(({ rejected, provenance }) => [rejected.includes('# bad') || rejected.includes('# worse'), provenance.run])).toEqual([[true, id], [true, id]])
  expect(first.stderr).toContain('2 preference pairs from 1 of 1 run')
})

test('nothing to export is exit code 5, says what would be needed, and leaves no file behind', async () => {
  keep({ good })
  writeFileSync(join(place.folder, 'kept.jsonl'), 'before\n')
  const [none, kept] = [await exported('latest', '--format', 'dpo', '--out', 'pairs.jsonl'), await exported('latest', '--format', 'dpo', '--out', 'kept.jsonl')]
  expect(none).toMatchObject({ status: 5, stdout: '', stderr: expect.stringContaining('nothing to export, so pairs.jsonl was not written') })
  expect(kept.status).toBe(5)
  expect(readdirSync(place.folder).filter((name) => name.includes('jsonl'))).toEqual(['kept.jsonl'])
  expect(readFileSync(join(place.folder, 'kept.jsonl'), 'utf8')).toBe('before\n')
  rmSync(join(place.folder, 'store'), { recursive: true })
  expect(await exported('--all', '--format', 'sft')).toMatchObject({ status: 5, stdout: '' })
})

test('--all goes on past runs that it cannot read, names them, and writes what was there before only once', async () => {
  keep({ good, bad })
  keep({ good, bad })
  const killed = keep({ good, bad }, { killed: true, instruction: 'write f again' })
  const other = keep({ good, bad })
  other.add('of-a-later-version', {})
  const whole = await exported('--all', '--format', 'dpo', '--out', 'pairs.jsonl')
  expect(whole).toMatchObject({ status: 0, stdout: '' })
  expect(whole.stderr).toContain(`run ${other.id} holds a piece of evidence of kind of-a-later-version`)
  expect(whole.stderr).toContain(`run ${killed.id} is unfinished`)
  expect(whole.stderr).toContain('2 preference pairs from 3 of 4 runs; 1 that were there already left out; 1 run of another version left out')
  const lines = readFileSync(join(place.folder, 'pairs.jsonl'), 'utf8')
  expect(lines.split('\n').filter((line) => line !== '')).toHaveLength(2)

  const damaged = keep({ good, bad }, { instruction: 'write f once more' })
  const path = store.read(damaged.id).find(({ kind }) => kind === 'task')!.digest.slice('sha256:'.length)
  writeFileSync(join(place.folder, 'store', 'objects', path.slice(0, 2), `${path.slice(2)}.json`), '{}')
  const past = await exported('--all', '--format', 'dpo', '--out', 'pairs.jsonl')
  expect(past).toMatchObject({ status: 4, stderr: expect.stringMatching(/left out: .* was changed after it was written/) })
  expect(readFileSync(join(place.folder, 'pairs.jsonl'), 'utf8')).toBe(lines)
  expect(await exported(damaged.id, '--format', 'dpo')).toMatchObject({ status: 4, stdout: '', stderr: expect.stringContaining('EVIDENCE_BROKEN') })
})

test('hostile text stays inside of its line', async () => {
  keep({ good, bad }, { instruction: 'a\nb\u2028c\u001b[2J</script>{"prompt": "x"}\r\n' })
  const { stdout } = await exported('latest', '--format', 'sft')
  expect(stdout.indexOf('\n')).toBe(stdout.length - 1)
  expect(stdout).not.toContain('\u001b')
  expect(JSON.parse(stdout)).toMatchObject({ prompt: expect.stringContaining('a\nb\u2028c\u001b[2J</script>'), completion: expect.stringContaining('# good') })
})

test('a place that cannot be written is exit code 2 before anything is read', async () => {
  keep({ good, bad })
  for (const path of ['absent/pairs.jsonl', '/dev/null', '.']) {
    expect(await exported('latest', '--format', 'dpo', '--out', path)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('cannot be written') })
  }
  expect(existsSync(join(place.folder, 'absent'))).toBe(false)
})
