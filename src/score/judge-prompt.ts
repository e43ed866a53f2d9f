import type { Language } from '../records/language.ts'
import type { Prompt } from '../records/prompt.ts'

/** Asks which of two programs serves a task better, for one letter. */
export function judgePrompt({
  intention,
  language,
  programs,
}: {
  intention: string
  language: Language
  programs: readonly [string, string]
}): Prompt {
  const block = (program: string) => `\`\`\`${language}\n${program.trimEnd()}\n\`\`\``
  const question = [
    'Which of these two programs does what is asked for, correctly and securely? Look for a case in which they differ before you decide.',
    `Asked for:\n\n${intention}`,
    `Program A:\n\n${block(programs[0])}`,
    `Program B:\n\n${block(programs[1])}`,
    'End your answer with a line that holds nothing but A, B, or SAME.',
  ]
  return { kind: 'chat', messages: [{ role: 'user', content: question.join('\n\n') }] }
}
