import type { ChangedFile } from '../records/candidate.ts'
import type { Language } from '../records/language.ts'

/** The answer that a chat is asked for, with these files in it; `extractCode` takes them out again. Paths are named where the task has a project. */
export function answerText(files: readonly ChangedFile[], { language, workspace }: { language: Language; workspace: boolean }): string {
  return files.map(({ path, content }) => block(content, workspace ? `${language} ${path}` : language)).join('\n\n')
}

function block(content: string, info: string): string {
  const fence = fenceAround(content)
  return `${fence}${info}\n${content.replace(/\n$/, '')}\n${fence}`
}

/** A fence that is longer than any in the text. */
export function fenceAround(content: string): string {
  const longest = (content.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  return '`'.repeat(longest + 1)
}
