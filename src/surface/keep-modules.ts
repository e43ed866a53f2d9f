import { countUse, keepModule, type RecordedRun } from '../index.ts'
import { digestRecord } from '../records/digest.ts'
import type { Representative } from '../records/module.ts'
import { oneLine } from '../records/plain.ts'

const longestInstruction = 300

/** Keeps the representatives of a run whose program passed every test and in which nothing can be exploited, and counts what the chosen program took of those kept before. */
export function keepModulesOf({ task, verdict, representatives, keptModules, revisions, configuration }: RecordedRun, folder: string): void {
  if (task === undefined || verdict?.choice.kind !== 'chosen' || configuration?.codechain.keep !== true) return
  const { id } = verdict.choice
  const revision = revisions.find((one) => one.id === id)
  const taken = new Set([...(revision?.reused ?? []), ...(revision?.adapted ?? [])])
  for (const digest of new Set(keptModules.map((module) => module.digest))) if (taken.has(digest)) countUse(folder, digest)
  const source = { task: digestRecord(task), instruction: oneLine(task.instruction).slice(0, longestInstruction) }
  for (const { module, language, name, code, tests, findings } of representatives.filter(isProven)) {
    keepModule(folder, { digest: module, language, name, code, tests, findings, uses: 0, source })
  }
}

function isProven({ tests: { passed, failed, unknown }, findings }: Representative): boolean {
  return passed > 0 && failed + unknown === 0 && findings.every(({ tier }) => tier !== 'vulnerability')
}
