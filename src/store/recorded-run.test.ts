import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { aCandidate, aTask } from '../../test/support/builders.ts'
import { Folder } from '../../test/support/folder.ts'
import { readLegible, readRun } from './recorded-run.ts'
import { Store } from './store.ts'

/** A store with one run: a task and two candidates. */
function withRun<T>(use: (given: { store: Store; folder: Folder }) => T): T {
  using folder = new Folder()
  const recording = Store.open(folder.path)
  const recorder = recording.begin({ title: 't', versions: { countersign: '0.0.9' } })
  recorder.add('task', aTask())
  for (const id of ['a', 'b']) recorder.add('candidate', aCandidate(id))
  recorder.end({ stop: 'finished' })
  try {
    return use({ store: recording, folder })
  } finally {
    recording.close()
  }
}

function objectWith({ path }: Folder, needle: string): string {
  const found = readdirSync(join(path, 'objects'), { recursive: true, encoding: 'utf8' }).map((name) => join(path, 'objects', name)).find((file) => file.endsWith('.json') && readFileSync(file, 'utf8').includes(needle))
  if (found === undefined) throw new Error(`no object with ${needle}`)
  return found
}

test('a run holds its records in their order, with the time of each', () => {
  withRun(({ store }) => {
    const { steps } = readRun(store, 'latest')
    expect(steps.map(({ kind }) => kind)).toEqual(['task', 'candidate', 'candidate'])
    expect(steps.every(({ afterMs }) => afterMs !== undefined && afterMs < 60_000)).toBe(true)
  })
})

test('a store from before records had times is read as it is, and given times from then on', () => {
  withRun(({ folder }) => {
    const database = new DatabaseSync(join(folder.path, 'runs.sqlite'))
    database.exec('ALTER TABLE evidence DROP COLUMN after_ms')
    database.close()
    const store = Store.open(folder.path)
    onTestFinished(() => store.close())
    expect(readRun(store, 'latest').steps.map(({ afterMs }) => afterMs)).toEqual([undefined, undefined, undefined])
    const recorder = store.begin({ title: 'next', versions: {} })
    recorder.add('task', aTask())
    expect(readRun(store, recorder.id).steps[0]?.afterMs).toBeTypeOf('number')
  })
})

test.each([
  ['is gone', (path: string) => rmSync(path), /cannot be read: the runs that point at it/],
  ['was changed', (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace('"a"', '"x"')), /was changed after it was written/],
])('a record that %s is named, and the others are there; whoever computes with the run gets none of it', (_, damage, reason) => {
  withRun(({ store, folder }) => {
    damage(objectWith(folder, '"id":"a"'))
    const { run, illegible } = readLegible(store, 'latest')
    expect(run.candidates.map(({ id }) => id)).toEqual(['b'])
    expect(illegible).toMatchObject([{ kind: 'candidate', reason: expect.stringMatching(reason) }])
    expect(illegible[0]?.reason).toMatch(/^objects\//)
    expect(() => readRun(store, 'latest')).toThrow(expect.objectContaining({ code: 'EVIDENCE_BROKEN' }))
  })
})

test('records of another version are named with that version, and the others are there', () => {
  withRun(({ store }) => {
    const recorder = store.begin({ title: 'older', versions: { countersign: '0.0.9' } })
    recorder.add('candidate', { ...aCandidate('a'), score: 1 })
    recorder.add('omen', {})
    recorder.add('candidate', aCandidate('b'))
    const { run, illegible } = readLegible(store, recorder.id)
    expect(run.candidates.map(({ id }) => id)).toEqual(['b'])
    expect(illegible.map(({ reason }) => reason)).toEqual([expect.stringMatching(/candidates \(.*made by version 0\.0\.9/), expect.stringContaining('evidence of kind omen')])
  })
})
