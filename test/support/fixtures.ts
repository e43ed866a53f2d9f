import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A small program that a rule must report (`bad`), or must be silent about (`ok`). */
export interface Fixture {
  readonly kind: 'bad' | 'ok'
  readonly title: string
  readonly code: string
  readonly extension: string
}

const folder = resolve(import.meta.dirname, '../fixtures/finding')

/** The ending of a language's fixtures. */
export const extensions: Readonly<Record<string, string>> = { python: 'py', javascript: 'js', secret: 'txt', dependency: 'py' }

/** The fixtures of a rule: `python/sql-injection` lies in `test/fixtures/finding/python/sql-injection.py`, cases begin with `#: bad TITLE`. */
export function fixturesOf(rule: string): Fixture[] {
  const extension = extensions[rule.slice(0, rule.indexOf('/'))] ?? ''
  return casesIn(`${rule}.${extension}`, ['bad', 'ok']).map(({ kind, title, code }) => ({ kind, title, code, extension }))
}

/** The programs of a fixture file, each after a line that says of which kind it is: `#: KIND TITLE`. */
export function casesIn<Kind extends string>(path: string, kinds: readonly Kind[]): { kind: Kind; title: string; code: string }[] {
  return readFileSync(resolve(folder, path), 'utf8')
    .split(/^(?=(?:#|\/\/): )/m)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, given, title] = /^(?:#|\/\/): (\w+) (.+)\n/.exec(part) ?? []
      const kind = kinds.find((known) => known === given)
      if (kind === undefined || title === undefined) throw new Error(`${path}: a case must begin with "#: KIND TITLE", where KIND is one of ${kinds.join(', ')}`)
      return { kind, title, code: part.slice(part.indexOf('\n') + 1) }
    })
}

export function fixtureFiles(language: string): string[] {
  return readdirSync(resolve(folder, language)).map((name) => `${language}/${name.replace(/\.\w+$/, '')}`)
}
