import { readFileSync } from 'node:fs'
import ignore, { type Ignore } from 'ignore'

/** Patterns of `.gitignore`, for paths below the folder that the file lies in. */
export function readIgnoreFile(path: string): Ignore | undefined {
  try {
    return ignore().add(readFileSync(path, 'utf8').split(/\r?\n/).filter(isBounded))
  } catch {
    return undefined
  }
}

/** Patterns become regular expressions: one made to be slow is left out, and what it would have hidden is read. */
function isBounded(pattern: string): boolean {
  return pattern.length <= 500 && (pattern.match(/\*+/g) ?? []).length <= 6
}
