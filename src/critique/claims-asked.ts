import type { Scene } from './scene.ts'

/** The form in which critics are asked to speak; `readClaims` and `readToolCalls` read it. */
export function claimsAsked(kind: 'weakness' | 'requirement'): string {
  const example = kind === 'weakness' ? 'CLAIM weakness CWE-89 line 12 [F1]: the name is put into the statement as text' : 'CLAIM requirement line 4 [T1]: the task wants an empty list for an empty text, and it raises'
  return [
    'Answer with one line for each thing that is wrong, and nothing else:',
    example,
    'In brackets stands the evidence that shows it: the name of something under EVIDENCE or of a tool\'s result. Without evidence it is an opinion, which is heard and decides nothing. Where nothing is wrong, or nothing is left to add, answer with the line:',
    'NOTHING',
  ].join('\n')
}

/** How tools are used, in words where they are not offered natively. */
export function toolsOffered({ tools, native }: Pick<Scene, 'tools' | 'native'>): string[] {
  if (tools.length === 0) return []
  if (native === true) return ["Before you answer you may use the tools. A tool's result names the evidence that it gives (T1, T2, ...)."]
  return [
    [
      'Before you answer you may use tools. To use one, answer with nothing but its name and its input, in this form, and its result comes back:',
      'TOOL name\nthe input, on as many lines as it takes\nEND',
      'The tools:',
      ...tools.map(({ name, purpose }) => `- ${name}: ${purpose}`),
    ].join('\n'),
  ]
}
