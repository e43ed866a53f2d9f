import type { Task } from './task.ts'

const docstring = /("""|''')([^]*?)(?:\1|$)/g
const commentBlock = /\/\*\*?([^]*?)(?:\*\/|(?![^]))|(?:^[ \t]*\/\/.*(?:\n|$))+/gm

/** What a task wants, in words: its instruction, or the documentation in the beginning of a program where that is all there is. */
export function intentionOf({ instruction, prompt, language }: Pick<Task, 'instruction' | 'prompt' | 'language'>): string {
  if (prompt === undefined || !prompt.includes(instruction.trim())) return instruction.trim()
  const found =
    language === 'python'
      ? [...instruction.matchAll(docstring)].map((match) => match[2]!)
      : [...instruction.matchAll(commentBlock)].map((match) => uncommented(match[0]))
  const text = found.at(-1)?.trim() ?? ''
  return text === '' ? instruction.trim() : text
}

function uncommented(comment: string): string {
  return comment.replace(/^\/\*+|\*\/$/g, '').replaceAll(/^[ \t]*(?:\/\/|\*)? ?/gm, '')
}

/** A text with a name in it replaced wherever it stands as a word. */
export function renamed(text: string, name: { from: string; to: string } | undefined): string {
  if (name === undefined) return text
  return text.split(new RegExp(`(?<![\\w$])${RegExp.escape(name.from)}(?![\\w$])`)).join(name.to)
}
