import type { FileCoverage } from './finding.ts'

/** What kept a program from being read to its end; `undefined` where nothing did, and for what is no program that is read here. */
export function whyUnfinished(file: FileCoverage): string | undefined {
  if (file.kind === 'read') return file.parseErrors === 0 ? undefined : 'the parser cannot explain all of it'
  return file.kind === 'incomplete' ? file.reason : undefined
}
