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
  const text = readFileSync(resolve(folder, `${rule}.${extension}`), 'utf8')
  return text
    .split(/^(?=(?:#|\/\/): (?:bad|ok) )/m)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, kind, title] = /^(?:#|\/\/): (bad|ok) (.+)\n/.exec(part) ?? []
      if (kind === undefined || title === undefined) throw new Error(`${rule}: a case must begin with "#: bad TITLE" or "#: ok TITLE"`)
      return { kind: kind === 'bad' ? 'bad' : 'ok', title, code: part.slice(part.indexOf('\n') + 1), extension }
    })
}

export function fixtureFiles(language: string): string[] {
  return readdirSync(resolve(folder, language)).map((name) => `${language}/${name.replace(/\.\w+$/, '')}`)
}
