import type { Fix } from '../fix.ts'
import { onCall } from './call.ts'
import { templateOf } from './template.ts'

/** `eval` of data, where data is all it is meant for. */
export const literalsAlone: Fix = {
  title: 'Literals alone are read (`ast.literal_eval`); expressions and names are refused.',
  behaviour: 'may-change',
  edit: onCall((call) => (call.name === 'eval' && call.arguments.length === 1 && templateOf(call.site, call.arguments[0]!.value) === undefined ? call.renamed('ast', 'literal_eval') : [])),
}
