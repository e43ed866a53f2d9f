import type { Language } from '../records/language.ts'
import type { Prompt } from '../records/prompt.ts'

/** Asks whether a program does what is wanted, for one word. */
export function verdictPrompt({ intention, program, language }: { intention: string; program: string; language: Language }): Prompt {
  const question = [
    `Does this ${language} program do what is asked for, in every case?`,
    `Asked for:\n\n${intention}`,
    `Program:\n\n\`\`\`${language}\n${program.trimEnd()}\n\`\`\``,
    'Answer with one word, True or False.',
  ]
  return { kind: 'chat', messages: [{ role: 'user', content: question.join('\n\n') }] }
}
