import type { Candidate } from '../records/candidate.ts'
import type { Objection, RepairTarget } from '../records/repair.ts'
import type { Task } from '../records/task.ts'

// What is a test by its name, and what tells a runner which tests there are.
const testName = /(?:^|\/)(?:tests?|__tests__|spec)\/|(?:^|\/)test_[^/]*\.py$|_test\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$/
const runnerName = /(?:^|\/)(?:conftest\.py|pytest\.ini|tox\.ini|setup\.cfg|pyproject\.toml|package\.json|(?:vitest|vite|jest)\.config\.[cm]?[jt]s)$/

/** Tests are read-only to the coder: a revision neither writes, edits nor takes away a test, nor what says how tests are run. */
export function testFileObjections(child: Candidate, parent: Candidate, { task, mended }: { task: Task; mended: readonly RepairTarget[] }): Objection[] {
  const given = new Set(task.tests.flatMap((test) => (test.kind === 'files' ? test.files.map(({ path }) => path) : [])))
  // A finding in a list of packages is mended there.
  const addressed = new Set(mended.flatMap((target) => (target.kind === 'finding' ? [target.path] : [])))
  const isTest = (path: string) => given.has(path) || testName.test(path) || (runnerName.test(path) && !addressed.has(path))
  const [before, after] = [contentsOf(parent), contentsOf(child)]
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(isTest)
  return paths.flatMap((path): Objection[] => {
    if (before.get(path) === after.get(path)) return []
    return [{ check: 'test-files', detail: `it ${after.has(path) ? (before.has(path) ? 'edits' : 'adds') : 'takes away'} ${path}, which is a test or says how tests are run` }]
  })
}

function contentsOf({ files }: Candidate): Map<string, string> {
  return new Map(files.map(({ path, content }) => [path, content]))
}
