import { z } from 'zod'

/** Languages whose programs can be parsed, run and compared. JSX and TSX are read as `javascript` and `typescript`. */
export const Language = z.enum(['python', 'javascript', 'typescript'])
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
