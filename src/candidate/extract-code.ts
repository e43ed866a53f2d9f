import { ChangedFile } from '../records/candidate.ts'
import type { Language } from '../records/language.ts'
import type { Sample } from '../records/sample.ts'
import { findBareCode, type Span } from './bare-code.ts'
import { definedNames, isCodeLine, mentions, spellings } from './definition.ts'
import { type Block, fencedBlocks } from './fence.ts'
import { continuePrefix, withPreamble } from './prefix.ts'

/** What a reply is expected to hold. `prefix`: the beginning of the program that was shown to the model. */
export interface Wanted {
  language: Language
  entryPoint?: string
  prefix?: string
  /** The reply goes on from the prefix, without prose: it came from a completion. */
  continues: boolean
  /** The paths of files mean something: the task has a workspace. */
  workspace: boolean
}

/**
 * The program in a reply. `spans` are the stretches of the reply that it was taken from: the tokens in them are those of the program.
 * `cutOff`: the reply ended in the middle of it.
 */
export type Extracted =
  | { kind: 'code'; files: ChangedFile[]; spans: Span[]; cutOff: boolean }
  | { kind: 'no-code'; reason: 'empty' | 'refused' | 'prose' | 'other-language'; detail: string }

interface Found {
  code: string
  spans: Span[]
  path?: string
}

const mainFile: Record<Language, string> = { python: 'main.py', javascript: 'main.js', typescript: 'main.ts' }

/** Takes the program out of what a model said, whatever it said around it. */
export function extractCode({ text, ending, refusal }: Pick<Sample, 'text' | 'ending' | 'refusal'>, wanted: Wanted): Extracted {
  if (ending === 'refused') return { kind: 'no-code', reason: 'refused', detail: (refusal ?? text).slice(0, 200) }
  const { reply, thinking } = withoutThinking(text)
  if (reply.trim() === '')
    return {
      kind: 'no-code',
      reason: 'empty',
      detail: text === '' ? 'the reply is empty' : 'the reply holds nothing but white space or thinking',
    }
  const blocks = fencedBlocks(reply)
  const found =
    blocks.length === 0 || isQuoted(blocks[0]!, reply, wanted)
      ? fromBareReply(reply, { wanted, cutOff: ending === 'cut-off' })
      : fromBlocks(blocks, wanted)
  if (found.kind === 'no-code') return found
  return { ...found, spans: found.spans.map(({ start, end }) => ({ start: start + thinking, end: end + thinking })) }
}

// Only a block of thinking that the reply opens with; one that never ends hides no answer.
function withoutThinking(text: string): { reply: string; thinking: number } {
  const open = /^\s*<(think|thinking|reasoning)>/.exec(text)
  if (open === null) return { reply: text, thinking: 0 }
  const close = `</${open[1]}>`
  const at = text.indexOf(close)
  const thinking = at === -1 ? text.length : at + close.length
  return { reply: text.slice(thinking), thinking }
}

// A fence inside bare code, as docstrings have them.
function isQuoted(block: Block, reply: string, wanted: Wanted): boolean {
  const span = findBareCode(reply, wanted)
  return (
    span !== undefined &&
    span.start < block.start &&
    block.start < span.end &&
    reply.startsWith(' ', reply.lastIndexOf('\n', block.start - 2) + 1)
  )
}

function fromBareReply(reply: string, { wanted, cutOff }: { wanted: Wanted; cutOff: boolean }): Extracted {
  const { language, entryPoint, prefix } = wanted
  const span = findBareCode(reply, wanted)
  const code = span === undefined ? '' : reply.slice(span.start, span.end)
  const whole = entryPoint === undefined ? span !== undefined : definedNames(code, language).has(entryPoint)
  if (prefix !== undefined && wanted.continues && !whole) {
    return single({ code: continuePrefix(prefix, reply, language), spans: [{ start: 0, end: reply.length }] }, { wanted, open: cutOff })
  }
  if (span === undefined) return { kind: 'no-code', reason: 'prose', detail: reply.trim().slice(0, 200) }
  const open = cutOff && span.end === reply.length
  return single({ code: completed(open ? withoutTail(code, wanted) : code, wanted), spans: [span] }, { wanted, open })
}

function fromBlocks(blocks: readonly Block[], wanted: Wanted): Extracted {
  const usable = blocks.filter((block) => isUsable(block, wanted.language))
  if (usable.length === 0) {
    const others = blocks.flatMap((block) => (block.language === undefined ? [] : [block.language]))
    if (others.length > 0)
      return {
        kind: 'no-code',
        reason: 'other-language',
        detail: `${wanted.language} was asked for; the blocks are marked ${[...new Set(others)].join(', ').slice(0, 100)}`,
      }
    return { kind: 'no-code', reason: 'prose', detail: 'no fenced block holds code' }
  }
  const files = namedFiles(blocks, usable, wanted)
  if (files !== undefined) return files
  const found = choose(usable, wanted)
  const open = !found.main.closed
  const code = completed(open ? withoutTail(found.code, wanted) : found.code, wanted)
  return single({ code, spans: found.spans, ...(found.main.path === undefined ? {} : { path: found.main.path }) }, { wanted, open })
}

function isUsable(block: Block, language: Language): boolean {
  if (block.language !== undefined) return spellings[language].includes(block.language)
  return block.code.split('\n').some((line) => isCodeLine(line, language))
}

// Several blocks under different paths are the files of one change; the main file comes first.
function namedFiles(blocks: readonly Block[], usable: readonly Block[], { language, entryPoint }: Wanted): Extracted | undefined {
  const named = new Map(blocks.flatMap((block) => (isSafePath(block.path) ? [[block.path, block] as const] : [])))
  if (named.size < 2 || ![...named.values()].some((block) => usable.includes(block))) return undefined
  const entries = [...named]
  const defines = ([, block]: (typeof entries)[number]) => entryPoint !== undefined && definedNames(block.code, language).has(entryPoint)
  const main = entries.find(defines) ?? entries.find(([, block]) => usable.includes(block))!
  const ordered = [main, ...entries.filter((entry) => entry !== main)]
  return {
    kind: 'code',
    files: ordered.map(([path, block]) => ({ path, content: block.code })),
    spans: ordered.map(([, { start, end }]) => ({ start, end })),
    cutOff: ordered.some(([, block]) => !block.closed),
  }
}

// The last block that defines the entry point is the model's final word; without one, the longest. Blocks before it that define what it
// uses come along.
function choose(usable: readonly Block[], { language, entryPoint }: Wanted): Found & { main: Block } {
  const names = usable.map((block) => definedNames(block.code, language))
  const defining = entryPoint === undefined ? -1 : names.findLastIndex((defined) => defined.has(entryPoint))
  const at =
    defining !== -1 ? defining : usable.reduce((best, block, index) => (block.code.length > usable[best]!.code.length ? index : best), 0)
  const chosen = usable[at]!
  const needed = usable.filter(
    (_, index) =>
      index < at &&
      !names[index]!.has(entryPoint ?? '') &&
      [...names[index]!].some((name) => !names[at]!.has(name) && mentions(chosen.code, name)),
  )
  const taken = [...needed, chosen]
  return { code: taken.map((block) => block.code).join('\n'), spans: taken.map(({ start, end }) => ({ start, end })), main: chosen }
}

// What was cut off is the last statement at the left margin; the program may be complete without it.
function withoutTail(code: string, { language, entryPoint }: Wanted): string {
  const lines = code.split('\n')
  const last = lines.findLastIndex((line) => /^[^\s)\]}#@/*]/.test(line))
  const rest = lines.slice(0, Math.max(last, 0)).join('\n')
  return entryPoint !== undefined && definedNames(rest, language).has(entryPoint) ? `${rest.trimEnd()}\n` : code
}

function completed(code: string, { language, entryPoint, prefix }: Wanted): string {
  if (prefix === undefined) return code
  if (entryPoint !== undefined && !definedNames(code, language).has(entryPoint) && definedNames(prefix, language).has(entryPoint))
    return continuePrefix(prefix, code, language)
  return withPreamble(prefix, code, { language, ...(entryPoint === undefined ? {} : { entryPoint }) })
}

function single({ code, spans, path }: Found, { wanted, open }: { wanted: Wanted; open: boolean }): Extracted {
  const named = wanted.workspace && isSafePath(path) ? path : mainFile[wanted.language]
  return { kind: 'code', files: [{ path: named, content: code }], spans, cutOff: open }
}

function isSafePath(path: string | undefined): path is string {
  return ChangedFile.safeParse({ path, content: '' }).success
}
