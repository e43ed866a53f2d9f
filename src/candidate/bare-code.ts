import type { Language } from '../records/language.ts'
import { definedNames, dialectOf, isCodeLine } from './definition.ts'

/** A stretch of a reply, `end` exclusive. */
export interface Span {
  start: number
  end: number
}

const comment = { python: /^#(?!#)/, javascript: /^(?:\/\/|\/\*|\*)/ }
const quotes = { python: ['"""', "'''"], javascript: ['`', '/*'] }
const unquotes: Record<string, string> = { '"""': '"""', "'''": "'''", '`': '`', '/*': '*/' }

/** The stretch of an unfenced reply that is code: the one that defines the entry point, else the longest. Prose around it is left out. */
export function findBareCode(reply: string, { language, entryPoint }: { language: Language; entryPoint?: string }): Span | undefined {
  const runs = runsOfCode(reply, language)
  const defining = runs.filter((run) => entryPoint !== undefined && definedNames(reply.slice(run.start, run.end), language).has(entryPoint))
  return defining.at(-1) ?? runs.sort((a, b) => b.end - b.start - (a.end - a.start))[0]
}

function runsOfCode(reply: string, language: Language): Span[] {
  const runs: Span[] = []
  let run: Span | undefined
  let quote: string | undefined
  let start = 0
  for (const line of reply.split('\n')) {
    const next = Math.min(start + line.length + 1, reply.length)
    const strong = quote !== undefined || isCodeLine(line, language)
    if (run !== undefined || strong) quote = quoteAfter(line, quote, quotes[dialectOf(language)])
    if (strong && run === undefined) runs.push((run = { start, end: next }))
    else if (run !== undefined) {
      const blank = line.trim() === ''
      if (strong || (!blank && /^[ \t]/.test(line))) run.end = next
      // A comment belongs to the code only if code follows it.
      else if (!blank && !comment[dialectOf(language)].test(line)) run = undefined
    }
    start = next
  }
  return runs
}

// The quotation that is still open at the end of a line: its lines are code whatever they look like.
function quoteAfter(line: string, open: string | undefined, kinds: readonly string[]): string | undefined {
  let quote = open
  for (let at = 0; at < line.length;) {
    const found: string | undefined = quote === undefined ? kinds.find((kind) => line.startsWith(kind, at)) : undefined
    const end: string | undefined = quote === undefined ? undefined : unquotes[quote]
    if (end !== undefined && line.startsWith(end, at)) {
      quote = undefined
      at += end.length
    } else if (found !== undefined) {
      quote = found
      at += found.length
    } else at++
  }
  return quote
}
