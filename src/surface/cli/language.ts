import { extname } from 'node:path'
import { CountersignError } from '../../errors.ts'
import type { Language } from '../../records/language.ts'
import { languages } from '../../records/names.ts'
import { nearest } from '../nearest.ts'

/** How a language's files are called; the first ending is given to code that came without a name. */
export const extensions: Readonly<Record<Language, readonly string[]>> = {
  python: ['.py'],
  javascript: ['.js', '.mjs', '.cjs', '.jsx'],
  typescript: ['.ts', '.mts', '.cts', '.tsx'],
}
const shortNames = new Map<string, Language>([
  ['py', 'python'],
  ['js', 'javascript'],
  ['ts', 'typescript'],
])

/** A language by its name or short name. */
export function readLanguage(name: string): Language {
  const full = shortNames.get(name.toLowerCase()) ?? name.toLowerCase()
  const language = languages.find((known) => known === full)
  if (language !== undefined) return language
  const meant = nearest(name, languages)
  const help = meant === undefined ? `it can be ${languages.join(', ')}` : `did you mean ${meant}?`
  throw new CountersignError('LANGUAGE_UNSUPPORTED', `${name} is not a language whose programs can be run here; ${help}`)
}

/** The language that a file's name tells. */
export function languageOfPath(path: string): Language | undefined {
  return languages.find((language) => extensions[language].includes(extname(path).toLowerCase()))
}
