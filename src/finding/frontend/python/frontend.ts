import type { SyntaxNode } from '../../../syntax/tree.ts'
import { Context } from '../context.ts'
import { prepareFragment } from './fragment.ts'
import { lowerStatements } from './statement.ts'
import type { Frontend } from '../frontend.ts'

/** Python takes identifiers for what NFKC makes of them: `ｏs` is `os`. */
class PythonContext extends Context {
  override textOf(node: SyntaxNode): string {
    const text = super.textOf(node)
    return node.type === 'identifier' || node.type === 'dotted_name' ? text.normalize('NFKC') : text
  }
}

export const pythonFrontend: Frontend = {
  language: 'python',
  extensions: ['.py', '.pyi', '.pyw'],
  prepare: prepareFragment,
  lower(root, text) {
    const context = new PythonContext(text)
    const body = lowerStatements(root.children, context)
    return { body, truncated: context.truncated }
  },
}
