import type { Candidate } from '../records/candidate.ts'
import { readOutline } from '../syntax/outline.ts'
import { type TaskRequest, readTask } from './read-task.ts'

/**
 * Reads a task for candidates that are there already. Where neither the user nor the task's own code says which function is asked
 * for, it is the one that most candidates define and that the task or the user's assertions write as code (`f(...)` or `` `f` ``).
 */
export async function readTaskFor(request: TaskRequest, candidates: readonly Candidate[]): ReturnType<typeof readTask> {
  const read = await readTask(request)
  if (read.task.entryPoint !== undefined) return read
  const text = [request.instruction, request.prompt ?? '', request.tests?.asserts ?? ''].join('\n')
  const entryPoint = findEntryPoint(text, candidates)
  return entryPoint === undefined ? read : readTask({ ...request, entryPoint })
}

function findEntryPoint(text: string, candidates: readonly Candidate[]): string | undefined {
  const definitions = candidates.flatMap((candidate) => namesIn(candidate).filter((name) => placeOf(name, text) !== -1))
  const counts = [...Map.groupBy(definitions, (name) => name)].map(([name, all]) => ({ name, count: all.length, place: placeOf(name, text) }))
  return counts.sort((a, b) => b.count - a.count || a.place - b.place)[0]?.name
}

function namesIn({ language, files }: Candidate): string[] {
  const outline = readOutline(language, files[0]?.content ?? '')
  return [...new Set(outline?.signatures.filter(({ kind }) => kind === 'function').map(({ name }) => name))]
}

/** Where the text first writes the name as code; a mere word of the same letters is no name. */
function placeOf(name: string, text: string): number {
  const places = [`${name}(`, `\`${name}\``].flatMap((code) => placesOf(code, text))
  return places.length === 0 ? -1 : Math.min(...places)
}

function placesOf(code: string, text: string): number[] {
  for (let place = text.indexOf(code); place !== -1; place = text.indexOf(code, place + 1)) {
    if (!/[\w$.]/.test(text[place - 1] ?? ' ')) return [place]
  }
  return []
}
