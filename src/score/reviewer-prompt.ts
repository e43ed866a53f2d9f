import { documentTags } from '../records/document.ts'
import type { Language } from '../records/language.ts'
import type { Prompt } from '../records/prompt.ts'

/** Asks for the instruction that a program fulfils; what follows the prompt is the instruction itself. */
export function reviewerPrompt(kind: 'completion' | 'tagged', { program, language }: { program: string; language: Language }): Prompt {
  if (kind === 'tagged')
    return {
      kind,
      sections: [
        { tag: documentTags[language], text: '' },
        { tag: 'code', text: program },
        { tag: 'inst', text: '' },
      ],
    }
  const ask =
    language === 'python'
      ? '# Write a docstring for the program above.\n"""'
      : '// Write a documentation comment for the program above.\n/**\n'
  return { kind, text: `${program.trimEnd()}\n\n${ask}` }
}

/** Asks for the program of an instruction; what follows the prompt is the program itself. */
export function coderPrompt(kind: 'completion' | 'tagged', { intention, language }: { intention: string; language: Language }): Prompt {
  if (kind === 'tagged')
    return {
      kind,
      sections: [
        { tag: documentTags[language], text: '' },
        { tag: 'inst', text: intention },
        { tag: 'code', text: '' },
      ],
    }
  const comment =
    language === 'python'
      ? `"""\n${intention.replaceAll('"""', "'''")}\n"""`
      : `/**\n${intention.replaceAll('*/', '* /').replaceAll(/^/gm, ' * ')}\n */`
  return { kind, text: `${comment}\n` }
}
