import { readFileSync } from 'node:fs'
import ignore, { type Ignore } from 'ignore'

/** Patterns in the syntax of `.gitignore`, for paths below the folder that their file lies in. */
export function patternsIn(text: string): Ignore {
  return ignore().add(text.split(/\r?\n/).filter(isBounded))
}

export function readIgnoreFile(path: string): Ignore | undefined {
  try {
    return patternsIn(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Patterns become regular expressions: one made to be slow is left out, and what it would have hidden is read. */
function isBounded(pattern: string): boolean {
  return pattern.length <= 500 && (pattern.match(/\*+/g) ?? []).length <= 6
}
