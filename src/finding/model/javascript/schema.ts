import type { CallEvent } from '../../engine/event.ts'
import { bit } from '../../engine/taint.ts'
import { derived, mapOf, safeFor, type Value } from '../../engine/value.ts'
import { type CallModel, defineModel } from '../model.ts'

/** What a schema lets through has the types and the fields that it names; a text in it may still be any text. */
function parsed({ positional }: CallEvent): Value {
  return safeFor(derived([positional[0]], { weak: true }), bit.nosql | bit.reflection)
}

const parse: CallModel = { evaluate: parsed }
/** `{ success, data, error }`, `{ value, error }` */
const checked: CallModel = {
  evaluate: (call) => {
    const value = parsed(call)
    return { ...mapOf(new Map([['data', value], ['value', value], ['output', value]])), taints: [] } // prettier-ignore
  },
}

/** zod, joi, yup, valibot and their like, known by what their methods are called. */
export const schema = defineModel({
  name: 'schema',
  calls: {
    '*.parse': parse,
    '*.parseAsync': parse,
    '*.validateSync': parse,
    '*.safeParse': checked,
    '*.safeParseAsync': checked,
    'joi.attempt': parse,
    'valibot.parse': { evaluate: (call) => parsed({ ...call, positional: call.positional.slice(1) }) },
    'express-validator.matchedData': { source: 'user', label: "the request's checked fields", safe: ['nosql', 'reflection'] },
  },
})
