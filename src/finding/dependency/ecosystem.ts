import type { Language } from '../../records/language.ts'

/** Where the packages of a language come from. */
export type Ecosystem = 'pypi' | 'npm'

export const ecosystemOf: Readonly<Record<Language, Ecosystem>> = { python: 'pypi', javascript: 'npm', typescript: 'npm' }

/** The form of a package's name under which it is compared: PyPI makes no difference between cases, `-`, `_` and `.`. */
export function normalised(ecosystem: Ecosystem, name: string): string {
  return ecosystem === 'pypi' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name.toLowerCase()
}
