import { join } from 'node:path'
import { basename, dirname, extname } from 'node:path/posix'
import { frontendFor } from '../frontend/frontends.ts'
import { readSource } from './read-source.ts'

/** So many files that did not change are read for what they lead into, and no more. */
const mostRead = 400

/** Of the given files those that may import one of the changed ones, by the words in them, those that import these as well. */
export function mayLeadInto(root: string, changed: readonly string[], files: readonly string[]): { paths: string[]; isCut: boolean } {
  const programs = files.filter((path) => frontendFor(path) !== undefined)
  const texts = new Map<string, string>()
  const found = new Set<string>()
  const known = new Set(changed)
  let latest = changed.filter((path) => frontendFor(path) !== undefined)
  for (let round = 0; round < 2 && latest.length > 0; round++) {
    const named = mentionOf(latest)
    latest = programs.filter((path) => !known.has(path) && named.test(textAt(texts, root, path)))
    for (const path of latest) {
      known.add(path)
      found.add(path)
    }
  }
  const paths = [...found].sort()
  return { paths: paths.slice(0, mostRead), isCut: paths.length > mostRead }
}

/** An import that may mean one of the files, as Python and JavaScript write it: whatever stands before the last part of its name. */
function mentionOf(paths: readonly string[]): RegExp {
  const names = new Set(paths.map((path) => nameOf(path)).filter((name) => name !== ''))
  const alternatives = [...names].map((name) => name.replace(/[^\w-]/g, '\\$&')).join('|')
  const name = `(?<![\\w-])(?:${alternatives || '(?!)'})(?![\\w-])`
  const statement = `^[ \\t]*(?:from|import)\\b[^\\n]{0,200}?${name}`
  const several = `\\bimport[ \\t]*\\([^)]{0,400}?${name}`
  const quoted = `\\b(?:from|import|require)[ \\t]*\\(?[ \\t]*['"\`][^'"\`\\n]{0,200}?${name}`
  return new RegExp([statement, several, quoted].join('|'), 'm')
}

/** `db` of `data/db.py`, `data` of `data/index.js` and `data/__init__.py`. */
function nameOf(path: string): string {
  const name = basename(path, extname(path))
  return name === 'index' || name === '__init__' ? basename(dirname(path)) : name
}

function textAt(texts: Map<string, string>, root: string, path: string): string {
  let text = texts.get(path)
  if (text === undefined) {
    const source = readSource(join(root, path))
    texts.set(path, (text = source.kind === 'text' ? source.content : ''))
  }
  return text
}
