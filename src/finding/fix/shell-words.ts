import type { SyntaxNode } from '../../syntax/tree.ts'
import type { Site } from './site.ts'
import type { Hole, Template } from './template.ts'

// Names of values that are meant to be several words, or a whole command line.
const severalWords = /(?:^|_)(?:args?|arguments|argv|opts?|options?|flags?|params?|cmds?|commands?|extra|rest|line)$/i
const shellSyntax = /[|&;<>$`*?~#!(){}[\]\\\n"']/
const builtin =
  /^(?:dir|copy|del|erase|ren|rd|start|cls|cd|export|source|\.|alias|set|unset|ulimit|umask|type|exit|eval|exec|read|wait|trap|test|\[|if|for|while|\w+=.*)$/

export type Word = readonly (string | Hole)[]

/** A command line as words, where a shell would do nothing else with it than to cut it into these. The first is the program's name. */
export function shellWords(site: Site, template: Template): Word[] | undefined {
  const words: (string | Hole)[][] = [[]]
  for (const piece of template.pieces) {
    if (piece.kind === 'hole') {
      if (isSeveral(site, piece.value)) return undefined
      words.at(-1)?.push(piece)
      continue
    }
    const raw = site.textOf(piece)
    if (shellSyntax.test(raw) || (template.style === '%' && raw.includes('%'))) return undefined
    for (const [i, part] of raw.split(/\s+/).entries()) {
      if (i > 0) words.push([])
      if (part !== '') words.at(-1)?.push(part)
    }
  }
  const said = words.filter((word) => word.length > 0)
  const [program] = said
  return program === undefined || !program.every((part) => typeof part === 'string') || builtin.test(program.join('')) ? undefined : said
}

/** Whether a value is by its name several words, or a command line of its own. */
export function isSeveral(site: Site, value: SyntaxNode): boolean {
  const text = site.textOf(value)
  return severalWords.test(/(\w+)\W*$/.exec(text)?.[1] ?? '') || /\.join\(/.test(text)
}
