import { Context } from '../context.ts'
import { prepareFragment } from './fragment.ts'
import { lowerStatements } from './statement.ts'
import type { Frontend } from '../frontend.ts'

export const pythonFrontend: Frontend = {
  language: 'python',
  extensions: ['.py', '.pyi', '.pyw'],
  prepare: prepareFragment,
  lower(root, text) {
    const context = new Context(text)
    const body = lowerStatements(root.children, context)
    return { body, truncated: context.truncated }
  },
}
