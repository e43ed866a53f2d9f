import { withClosedBrackets } from '../brackets.ts'

// A piece cut out of a file starts anywhere: indented, in the middle of a text, after the `if` of its `else`. What was cut off is put back,
// or blanked, so that the rest reads as it did.
const header = 'if 1:\n'
const quotes = /"""|'''/g

export function prepareFragment(text: string): { text: string; shift: number } {
  const closed = withClosedBrackets(withoutHalfTexts(text), tokens)
  const levels = indentationsOf(closed)
  if (levels[0] === undefined || levels[0] === '') return { text: closed, shift: 0 }
  const missing = [
    '',
    ...levels
      .slice(1)
      .filter((level) => level !== '')
      .reverse(),
  ]
  const prefix = missing.map((level) => level + header).join('')
  return { text: prefix + withoutOrphans(closed), shift: prefix.length }
}

/** The indentations that become the outermost one after another: `['    ', '']` for a body and what follows its function. */
function indentationsOf(text: string): string[] {
  const levels: string[] = []
  for (const line of text.split('\n', 4000)) {
    const indentation = /^[ \t]*(?=[^\s#])/.exec(line)?.[0]
    if (indentation === undefined) continue
    const outermost = levels.at(-1)
    if (outermost === undefined || indentation.length < outermost.length) levels.push(indentation)
    if (indentation === '') break
  }
  return levels
}

/** An odd number of triple quotes: half a text at the beginning or at the end. */
function withoutHalfTexts(text: string): string {
  const marks = [...text.matchAll(quotes)]
  const [first] = marks
  const last = marks.at(-1)
  if (first === undefined || last === undefined || marks.length % 2 === 0) return text
  const line = text.slice(text.lastIndexOf('\n', first.index) + 1).split('\n', 1)[0] ?? ''
  const before = text.slice(0, first.index)
  // A mark alone on its line, with no code before it, closes; otherwise the last one opened what was never closed.
  const closes = /^\s*("""|''')\s*$/.test(line) && !/^\s*(def|class|import|from|if|for|while|try|with|return)\b.*[:\w)]\s*$/m.test(before)
  if (closes) return blank(text.slice(0, first.index + 3)) + text.slice(first.index + 3)
  return text.slice(0, last.index) + blank(text.slice(last.index))
}

const tokens = /#[^\n]*|[bruf]{0,2}("""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|[()[\]{}]/gi
/** An `else:` whose `if` was cut off becomes a branch of its own. */
function withoutOrphans(text: string): string {
  const open = new Map<number, boolean>()
  return text
    .split('\n')
    .map((line) => {
      const indentation = /^[ \t]*(?=[^\s#])/.exec(line)?.[0].length
      if (indentation === undefined) return line
      for (const level of open.keys()) if (level > indentation) open.delete(level)
      const orphan = /^[ \t]*(else|elif|except|finally)\b.*:\s*(#.*)?$/.test(line) && open.get(indentation) !== true
      open.set(indentation, orphan || /^[ \t]*(async\s+)?(if|elif|else|for|while|try|except|finally|with)\b/.test(line))
      return orphan ? `${line.slice(0, indentation)}${'if 1:'.padEnd(line.length - indentation)}` : line
    })
    .join('\n')
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')
