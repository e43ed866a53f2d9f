import type { Edit } from '../../../records/finding.ts'
import type { Fix } from '../fix.ts'
import { isSeveral, shellWords, type Word } from '../shell-words.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { openQuote } from '../lift.ts'
import { quoted } from './literal.ts'
import { type Hole, holesOf, type Template, textBefore } from '../template.ts'
import { calling, isText, textAt } from './wrap.ts'

/** A command line as a list of words, for a program started without a shell. */
const asList: Fix = {
  title: 'The program gets its arguments as a list, without a shell: a value is one argument, whatever is in it.',
  behaviour: 'stricter',
  edit: (site) => {
    const call = Call.at(site, site.node)
    const shell = call?.keyword('shell')
    const command = call?.argument(0, 'args')?.value
    const text = textAt(site, command)
    if (
      call === undefined ||
      call.keyword('executable') !== undefined ||
      shell?.value.type !== 'true' ||
      command === undefined ||
      text === undefined ||
      text.assignment !== undefined
    )
      return []
    const words = shellWords(site, text.template)?.map((word) => wordOf(site, word))
    return words?.every((word) => word !== undefined) ? [[site.replace(command, `[${words.join(', ')}]`), ...call.without(shell)]] : []
  },
}

function wordOf(site: Site, word: Word): string | undefined {
  const [first] = word
  if (word.every((part) => typeof part === 'string')) return quoted(site, word.join(''))
  if (word.length === 1 && first !== undefined && typeof first !== 'string') {
    const code = site.textOf(first.value)
    return first.isText || isText(site, first.value) ? code : `str(${code})`
  }
  const inner = word.map((part) => (typeof part === 'string' ? part : `{${site.textOf(part.value)}}`)).join('')
  return /["'\\\n]/.test(inner) ? undefined : `f${quoted(site, inner)}`
}

const shells = /^(?:os\.(?:system|popen)|subprocess\.\w+|commands\.\w+|asyncio\.create_subprocess_shell)$|\.exec_command$/

/** Values quoted for the shell that reads the line. */
const asQuoted: Fix = {
  title: 'Values are quoted for the shell (`shlex.quote`): each is one word, whatever is in it.',
  behaviour: 'stricter',
  edit: (site) => (shells.test(Call.at(site, site.node)?.name ?? '') ? quotedValues(site) : []),
}

const asQuotedForOthers: Fix = {
  title: 'Values are quoted as for a shell (`shlex.quote`), if that is what reads the line in the end.',
  behaviour: 'may-change',
  edit: quotedValues,
}

function* quotedValues(site: Site): Generator<readonly Edit[]> {
  const call = Call.at(site, site.node)
  const quote = calling(site, 'shlex', 'quote')
  for (const { value } of call?.arguments ?? []) {
    const list = value.type === 'list' ? value.children.findLast(({ named }) => named) : undefined
    const text = textAt(site, list ?? value)
    if (text === undefined) continue
    const holes = holesOf(text.template).filter((hole) => !/^(?:shlex\.)?quote\(|^int\(|^len\(/.test(site.textOf(hole.value)))
    if (
      startsWithHole(site, text.template) ||
      holes.some((hole) => isSeveral(site, hole.value) || site.textOf(hole.value).includes('.replace('))
    )
      return
    const edits = holes.map((hole) => quotedIn(site, text.template, { hole, around: quote(hole) }))
    if (edits.every((edit) => edit !== undefined)) yield [...(edits[0]?.imports ?? []), ...edits.flatMap((edit) => edit.edits)]
  }
}

/** A value that is the program itself may be several words. */
function startsWithHole(site: Site, template: Template): boolean {
  return template.pieces.some(({ kind }, i) => kind === 'hole' && /(?:^|[;|&(`\n])\s*$/.test(textBefore(site, template, i)))
}

/** Quoted by the function instead of by the quotes that were written around it; those that hold more than the value are no place for it. */
function quotedIn(
  site: Site,
  { pieces }: Template,
  { hole, around }: { hole: Hole; around: ReturnType<ReturnType<typeof calling>> },
): { imports: readonly Edit[]; edits: Edit[] } | undefined {
  if (around === undefined) return undefined
  const at = pieces.indexOf(hole)
  const before = pieces
    .slice(0, at)
    .map((piece) => (piece.kind === 'text' ? site.textOf(piece) : 'x'))
    .join('')
  const next = pieces[at + 1]
  const after = next?.kind === 'text' ? site.textOf(next) : ''
  const edits = site.wrap(hole.value, around.before, around.after)
  if (before.includes('\\')) return undefined
  const open = openQuote(before)
  if (open === undefined) return { imports: around.edits, edits }
  const mark = after[0]
  if (!before.endsWith(open) || mark !== open || (hole.isInside && pieces[at - 1]?.end !== hole.start)) return undefined
  const previous = pieces[at - 1]
  if (previous?.kind !== 'text' || next?.kind !== 'text') return undefined
  return {
    imports: around.edits,
    edits: [
      site.replace({ start: previous.end - 1, end: previous.end }, ''),
      ...edits,
      site.replace({ start: next.start, end: next.start + 1 }, ''),
    ],
  }
}

export const shellFixes: readonly Fix[] = [asList, asQuoted, asQuotedForOthers]
