import type { ChangedFile } from '../records/candidate.ts'
import type { Frontend } from './frontend/frontend.ts'
import { frontendFor } from './frontend/frontends.ts'
import { withoutMarkdown } from './frontend/markdown.ts'

/** A file as its front end reads it; positions in `text` are `shift` further than in the file. */
export interface Program {
  readonly frontend: Frontend
  readonly text: string
  readonly shift: number
}

/** What is read of a file by its name, or as a program of the language given; `undefined` when no front end reads it. */
export function programOf({ path, content }: ChangedFile, language: string | undefined): Program | undefined {
  const frontend = frontendFor(path) ?? frontendFor(path, language ?? '')
  return frontend && { frontend, ...frontend.prepare(isProgram(path, content) ? content : withoutMarkdown(content)) }
}

/** A program by its name is one as it stands: fences inside its texts must not hide what is around them. */
function isProgram(path: string, content: string): boolean {
  return frontendFor(path) !== undefined && !/^\s*(?:```|~~~)/.test(content)
}
