import type { ChangedFile } from '../records/candidate.ts'
import { type Parsed, parse } from '../syntax/tree.ts'
import type { Frontend } from './frontend/frontend.ts'
import { frontendFor, frontendOf } from './frontend/frontends.ts'
import { withoutMarkdown } from './frontend/markdown.ts'

/** A file as its front end reads it; positions in `text` are `shift` further than in the file. */
export interface Program {
  readonly frontend: Frontend
  readonly text: string
  readonly shift: number
  readonly parsed: Parsed
  /** Stretches that the grammar cannot explain, in the program as it stands. */
  readonly errors: number
}

/** What is read of a file by its name, or as a program of the language given; `undefined` when no front end reads it. */
export function programOf({ path, content }: ChangedFile, language: string | undefined): Program | undefined {
  const frontend = frontendOf(path, language)
  if (frontend === undefined) return undefined
  const text = isProgram(path, content) ? content : withoutMarkdown(content)
  const parsed = parse(frontend.language, text)
  const whole = { frontend, text, shift: 0, parsed, errors: parsed.kind === 'parsed' ? parsed.errors : 0 }
  // What mends a fragment guesses, and may take away what a whole program means.
  return whole.errors === 0 ? whole : { ...whole, ...mended(frontend, text, whole.errors) }
}

/** A fragment with what was cut off put back, where the parser then explains no less of it. */
function mended(frontend: Frontend, text: string, errors: number): Pick<Program, 'text' | 'shift' | 'parsed'> | undefined {
  const fragment = frontend.prepare(text)
  const parsed = parse(frontend.language, fragment.text)
  return parsed.kind === 'parsed' && parsed.errors <= errors ? { ...fragment, parsed } : undefined
}

/** A program by its name is one as it stands: fences inside its texts must not hide what is around them. */
function isProgram(path: string, content: string): boolean {
  return frontendFor(path) !== undefined && !/^\s*(?:```|~~~)/.test(content)
}
