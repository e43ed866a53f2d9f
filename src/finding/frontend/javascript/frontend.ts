import type { Language } from '../../../records/language.ts'
import type { SyntaxNode } from '../../../syntax/tree.ts'
import { Context } from '../context.ts'
import type { Frontend } from '../frontend.ts'
import { prepareFragment } from './fragment.ts'
import { lowerStatements } from './statement.ts'

/** An identifier may be written in escapes, of each letter or of some. */
class ScriptContext extends Context {
  override textOf(node: SyntaxNode): string {
    const text = super.textOf(node)
    return node.type.endsWith('identifier') ? text.replaceAll(/\\u(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{4}))/gi, (_, braced?: string, four?: string) => String.fromCodePoint(Math.min(parseInt(braced ?? four ?? '', 16), 0x10ffff))) : text
  }
}

function frontendOf(language: Language, extensions: readonly string[]): Frontend {
  return {
    language,
    extensions,
    prepare: prepareFragment,
    lower(root, text) {
      const context = new ScriptContext(text)
      const body = lowerStatements(root.children, context)
      return { body, truncated: context.truncated }
    },
  }
}

export const javascriptFrontend = frontendOf('javascript', ['.js', '.mjs', '.cjs', '.jsx'])
export const typescriptFrontend = frontendOf('typescript', ['.ts', '.mts', '.cts', '.tsx'])
