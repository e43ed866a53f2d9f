import { z } from 'zod'
import { languages } from './names.ts'

export const Language = z.enum(languages)
export type Language = z.infer<typeof Language>

const extensions: [RegExp, Language][] = [
  [/\.pyi?$/, 'python'],
  [/\.[cm]?jsx?$/, 'javascript'],
  [/\.[cm]?tsx?$/, 'typescript'],
]

/** The language that a file's name tells. */
export function languageOfPath(path: string): Language | undefined {
  return extensions.find(([pattern]) => pattern.test(path))?.[1]
}
