import { contentDigest } from '../../src/records/candidate.ts'
import { digestRecord } from '../../src/records/digest.ts'
import { RecordedRun } from '../../src/store/recorded-run.ts'

const script = 'window.hit=1'
const mild = `"><img src=x onerror="${script}"><script>${script}</script>'`
const payload = `</title></style></script>${mild}<svg onload=${script}>--><a href="javascript:${script}">javascript:${script}</a>\`\${1}{{7*7}}&lt;\u202e\u2066\u0000\u001b[2J\u001b]0;owned\u0007\u009b31m\\..`

/** A record with hostile text in every field that can hold text: what it is told to be in the schema alone stays. */
export function hostileRun(run: RecordedRun): RecordedRun {
  let fuzzed: unknown = changed(run, (text) => `${payload}${text.length % 13 === 0 ? 'x'.repeat(100_000) : ''}${text}`)
  // What the schema refuses is put back, first to what is less hostile, then to what it was.
  for (const gentler of [(text: string) => `${mild}${text}`, (text: string) => text]) {
    for (let left = 50; left > 0; left--) {
      const { error } = RecordedRun.safeParse(fuzzed)
      if (error === undefined) break
      for (const { path } of error.issues) fuzzed = replacedAt(fuzzed, path, (from) => changed(from, gentler), run)
    }
  }
  return related(run, RecordedRun.parse(fuzzed))
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => changed(item, change))
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, changed(item, change)])) : value
}

function replacedAt(into: unknown, path: readonly PropertyKey[], change: (from: unknown) => unknown, from: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(from)
  const below = (value: unknown) => (value as Record<PropertyKey, unknown>)[key]
  const replaced = replacedAt(below(into), rest, change, below(from))
  return Array.isArray(into) ? into.with(Number(key), replaced) : { ...(into as object), [key]: replaced }
}

/** Records point at each other by what they hold: the pointers follow. */
function related(before: RecordedRun, after: RecordedRun): RecordedRun {
  const pairs = [
    ...before.candidates.map((candidate, at) => [contentDigest(candidate), contentDigest(after.candidates[at]!)] as const),
    ...(['representatives', 'plans', 'keptModules'] as const).flatMap((list) => before[list].map((record, at) => [digestRecord(record), digestRecord(after[list][at]!)] as const)),
  ]
  let text = JSON.stringify(after)
  for (const [old, now] of pairs) text = text.replaceAll(old, now)
  return RecordedRun.parse(JSON.parse(text))
}
