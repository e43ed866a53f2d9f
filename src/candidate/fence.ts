/** A fenced block of a reply. `start` and `end` bound its content in the reply; `code` is that content without the fence's indentation. */
export interface Block {
  language: string | undefined
  path: string | undefined
  code: string
  start: number
  end: number
  closed: boolean
}

interface Line {
  text: string
  start: number
  /** Where the next line starts. */
  next: number
}

// Longer lines are data, not Markdown.
const longestLine = 2000
const opening = /^(.{0,200}?)(`{3,}|~{3,})([^`~]{0,200})$/
const closing = /^ {0,3}(`{3,}|~{3,})\s*$/
const pathText = String.raw`[\w@.-]+(?:/[\w@.-]+)*\.[A-Za-z]\w{0,9}`
const titleOf = new RegExp(String.raw`^[^\w./]*(?:(?:file|filename|path|create|update)\W{1,4})?(${pathText})\W*$`, 'i')
const titleInside = new RegExp(String.raw`(?:^|[\s:="'])(${pathText})(?=["'\s]|$)`)
const commentedTitle = new RegExp(String.raw`^(?:#|//|/\*)\s*(?:file(?:name)?:\s*)?(${pathText})\s*(?:\*/)?$`, 'i')

/** The fenced blocks of a reply, in order. A block that is never closed reaches to the end: the reply was cut off. */
export function fencedBlocks(reply: string): Block[] {
  const lines = linesOf(reply)
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at++) {
    const open = openingOf(lines[at]!)
    if (open === undefined) continue
    const last = closingOf(lines, { from: at + 1, fence: open.fence, indent: open.indent })
    blocks.push(blockOf(lines, { at, last, open, size: reply.length }))
    at = last ?? lines.length
  }
  return blocks
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start)
    const next = end === -1 ? text.length : end + 1
    lines.push({ text: text.slice(start, end === -1 ? next : end).replace(/\r$/, ''), start, next })
    start = next
  }
  return lines
}

function openingOf(line: Line): { fence: string; info: string; indent: number } | undefined {
  const match = line.text.length > longestLine ? null : opening.exec(line.text)
  if (match === null) return undefined
  const [, before = '', fence = '', info = ''] = match
  // After prose on the same line only a named language opens a block: ``` in running text is a quotation.
  if (before.trim() !== '' && !/^\s*(?:[-*+>]|\d+[.)])\s*$/.test(before) && !/^\w/.test(info)) return undefined
  return { fence, info: info.trim(), indent: before.length - before.trimStart().length }
}

function closingOf(lines: readonly Line[], { from, fence, indent }: { from: number; fence: string; indent: number }): number | undefined {
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]!.text
    if (text.length > longestLine) continue
    const match = closing.exec(outdented(text, indent))
    if (match?.[1]?.startsWith(fence) === true) return at
  }
  return undefined
}

function blockOf(
  lines: readonly Line[],
  { at, last, open, size }: { at: number; last: number | undefined; open: { info: string; indent: number; fence: string }; size: number },
): Block {
  const content = lines.slice(at + 1, last)
  let code = content.map((line) => `${outdented(line.text, open.indent)}\n`).join('')
  // `return x```: the fence that closes is stuck to the last line.
  const stuck = last === undefined && code.trimEnd().endsWith(open.fence)
  if (stuck) code = `${code.trimEnd().slice(0, -open.fence.length)}\n`
  const start = lines[at]!.next
  return {
    ...headingOf(open.info, { above: aboveOf(lines, at), first: content[0]?.text ?? '' }),
    code,
    start,
    end: last === undefined ? size : lines[last]!.start,
    closed: last !== undefined || stuck,
  }
}

function outdented(text: string, indent: number): string {
  return text.slice(Math.min(indent, text.length - text.trimStart().length))
}

function aboveOf(lines: readonly Line[], at: number): string {
  const above = lines[at - 1]?.text.trim() === '' ? lines[at - 2] : lines[at - 1]
  return above !== undefined && above.text.length <= 200 ? above.text : ''
}

// ```python app.py, ```python:app.py, ```python title="app.py", ```app.py, or the path in the line above or in a first comment.
function headingOf(
  info: string,
  { above, first }: { above: string; first: string },
): { language: string | undefined; path: string | undefined } {
  const named = titleInside.exec(info)?.[1]
  const word = /^[\w+#-]+/.exec(info)?.[0].toLowerCase()
  const path = named ?? titleOf.exec(above)?.[1] ?? (first.length <= 200 ? commentedTitle.exec(first)?.[1] : undefined)
  const language = word !== undefined && !(named !== undefined && info.startsWith(named)) ? word : path?.split('.').at(-1)?.toLowerCase()
  return { language, path }
}
