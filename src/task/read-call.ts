import type { Task } from '../records/task.ts'
import type { Call } from '../records/test.ts'
import { readAssertion } from './assertion.ts'

/** One call of the task's function with plain arguments, as a model writes it: the first line that is one. Needs `loadSyntax()` before. */
export function readCall({ language, entryPoint }: Pick<Task, 'language' | 'entryPoint'>, text: string): Call | undefined {
  if (entryPoint === undefined) return undefined
  const scope = { language, names: new Set([entryPoint]) }
  for (const line of text.slice(0, 20_000).split('\n')) {
    const written = line.trim().replace(/^`+|`+$|;$/g, '')
    if (!written.startsWith(`${entryPoint}(`)) continue
    const read = readAssertion(scope, language === 'python' ? `assert ${written}` : `console.assert(${written})`, 'generated')
    if (read.kind === 'test' && read.test.kind === 'call' && read.test.calls.length === 1 && read.test.check.kind === 'call') return read.test.calls[0]
  }
  return undefined
}
