import { childOf } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import { onCall } from './call.ts'
import { templateOf } from './template.ts'

/** `eval` of data, where data is all it is meant for. */
export const literalsAlone: Fix = {
  title: 'Literals alone are read (`ast.literal_eval`); expressions and names are refused.',
  behaviour: 'may-change',
  edit: onCall((call) => {
    const [given] = call.arguments
    const around = call.site.pathTo(call.node).at(-2)
    // What is asked of the result, or done with it, tells that it is more than data.
    const isMore = around?.type === 'attribute' || (around !== undefined && childOf(around, 'function') === call.node)
    return call.name !== 'eval' ||
      call.arguments.length !== 1 ||
      given === undefined ||
      isMore ||
      templateOf(call.site, given.value) !== undefined
      ? []
      : call.renamed('ast', 'literal_eval')
  }),
}
