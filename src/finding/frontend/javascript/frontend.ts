import type { Language } from '../../../records/language.ts'
import { Context } from '../context.ts'
import type { Frontend } from '../frontend.ts'
import { prepareFragment } from './fragment.ts'
import { lowerStatements } from './statement.ts'

function frontendOf(language: Language, extensions: readonly string[]): Frontend {
  return {
    language,
    extensions,
    prepare: prepareFragment,
    lower(root, text) {
      const context = new Context(text)
      const body = lowerStatements(root.children, context)
      return { body, truncated: context.truncated }
    },
  }
}

export const javascriptFrontend = frontendOf('javascript', ['.js', '.mjs', '.cjs', '.jsx'])
export const typescriptFrontend = frontendOf('typescript', ['.ts', '.mts', '.cts', '.tsx'])
