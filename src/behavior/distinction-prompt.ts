import type { Language } from '../records/language.ts'
import type { Prompt } from '../records/prompt.ts'

/** What both questions are about. */
export interface Dispute {
  instruction: string
  language: Language
  entryPoint: string
}

/** Asks for a call on which two programs differ (S*, arXiv:2502.14382 §3.2). */
export function inputPrompt({ instruction, language, entryPoint }: Dispute, programs: readonly [string, string]): Prompt {
  return chat([
    `Two programs for the same task do not always give the same result. Find a call of \`${entryPoint}\` on which they differ and for which the task says what is right.`,
    `The task:\n\n${instruction.trim()}`,
    `Program A:\n\n${block(language, programs[0])}`,
    `Program B:\n\n${block(language, programs[1])}`,
    `End your answer with a line that holds nothing but the call, in the form \`${entryPoint}(...)\` with literal values as arguments.`,
  ])
}

/** Asks which of two results a task wants. The programs are not shown: it is about what they did. */
export function wantedPrompt({ instruction }: Dispute, { call, results }: { call: string; results: readonly [string, string] }): Prompt {
  return chat([
    `The task:\n\n${instruction.trim()}`,
    `On the call \`${call}\`, two programs for it did this:`,
    `A: ${results[0]}\n\nB: ${results[1]}`,
    'Which of the two does the task want? End your answer with a line that holds nothing but A, B, or UNCLEAR.',
  ])
}

function chat(parts: readonly string[]): Prompt {
  return { kind: 'chat', messages: [{ role: 'user', content: parts.join('\n\n') }] }
}

function block(language: Language, program: string): string {
  return `\`\`\`${language}\n${program.trimEnd()}\n\`\`\``
}
