import { documentInstruction, documentTags } from '../records/document.ts'
import type { Language } from '../records/language.ts'
import type { Prompt, PromptKind } from '../records/prompt.ts'
import type { Task } from '../records/task.ts'

const names: Record<Language, string> = { python: 'Python', javascript: 'JavaScript', typescript: 'TypeScript' }

/** How many assertions of one answer are looked at (CodeT, arXiv:2207.10397 §4.1). */
export const assertionsAnAnswer = 5

/** Asks for assertions about a function that is still to be written. The answer goes on from `opening`. */
export function testPrompt(task: Task & { entryPoint: string }, kind: PromptKind): { prompt: Prompt; opening: string } {
  const { language, entryPoint } = task
  const opening = language === 'python' ? `assert ${entryPoint}(` : `console.assert(${entryPoint}(`
  switch (kind) {
    case 'chat':
      return { prompt: { kind, messages: [{ role: 'user', content: question(task) }] }, opening: '' }
    case 'completion':
      return { prompt: { kind, text: `${stub(task)}\n\n${commentMark(language)} check the correctness of ${entryPoint}\n${opening}` }, opening }
    case 'tagged':
      return {
        prompt: {
          kind,
          sections: [
            { tag: documentTags[language], text: '' },
            { tag: 'inst', text: documentInstruction(task) },
            { tag: 'test', text: '' },
          ],
        },
        opening: '',
      }
  }
}

function question(task: Task & { entryPoint: string }): string {
  const { language, entryPoint, instruction, prompt } = task
  const form = language === 'python' ? `assert ${entryPoint}(...) == ...` : `assert.deepStrictEqual(${entryPoint}(...), ...)`
  return [
    `Someone else writes a ${names[language]} function \`${entryPoint}\` for this task, which you do not get to see.`,
    ...(prompt?.includes(instruction.trim()) === true ? [] : [instruction.trim()]),
    ...(prompt === undefined ? [] : [`It begins like this:\n\n\`\`\`${language}\n${prompt.trimEnd()}\n\`\`\``]),
    `Write ${assertionsAnAnswer} assertions that tell right programs from wrong ones, each on a line of its own and in the form \`${form}\`, with literal values on both sides. Take usual cases and corner cases whose result the task leaves no doubt about.`,
    `Answer with the assertions alone, in one fenced block marked \`${language}\`.`,
  ].join('\n\n')
}

// CodeT's own form: the beginning of the program with nothing in it.
function stub({ language, prompt, entryPoint, instruction }: Task & { entryPoint: string }): string {
  const begun = prompt ?? `${commentMark(language)} ${instruction.trim().replaceAll('\n', `\n${commentMark(language)} `)}\n${language === 'python' ? `def ${entryPoint}(*arguments):` : `function ${entryPoint}(...values) {`}\n`
  return language === 'python' ? `${begun.trimEnd()}\n    pass` : `${begun.trimEnd()}\n}`
}

function commentMark(language: Language): string {
  return language === 'python' ? '#' : '//'
}
