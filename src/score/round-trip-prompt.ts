import type { Language } from '../records/language.ts'
import type { Prompt } from '../records/prompt.ts'

/** Asks what a program does, of someone who has not seen what it was written for. */
export function descriptionPrompt({ program, language }: { program: string; language: Language }): Prompt {
  const question = [
    `Describe what this ${language} program does, so exactly that someone else could write a program that behaves alike: its inputs, outputs and corner cases. Do not quote its code.`,
    `\`\`\`${language}\n${program.trimEnd()}\n\`\`\``,
  ]
  return { kind: 'chat', messages: [{ role: 'user', content: question.join('\n\n') }] }
}
