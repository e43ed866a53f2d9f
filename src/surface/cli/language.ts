import { extname } from 'node:path'
import { CountersignError } from '../../errors.ts'
import { Language } from '../../records/language.ts'
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
  const language = Language.safeParse(shortNames.get(name.toLowerCase()) ?? name.toLowerCase())
  if (language.success) return language.data
  const meant = nearest(name, Language.options)
  const help = meant === undefined ? `it can be ${Language.options.join(', ')}` : `did you mean ${meant}?`
  throw new CountersignError('LANGUAGE_UNSUPPORTED', `${name} is not a language whose programs can be run here; ${help}`)
}

/** The language that a file's name tells. */
export function languageOfPath(path: string): Language | undefined {
  return Language.options.find((language) => extensions[language].includes(extname(path).toLowerCase()))
}
