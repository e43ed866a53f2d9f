import { z } from 'zod'

/**
 * Plain data as it crosses the border between a candidate's process and the judge.
 *
 * JSON says what it can say (null, booleans, strings, arrays; a number is a Python `int` or a JavaScript `number`);
 * everything else is a tagged object whose `$` names the type. An object that is not plain data crosses as `opaque` and
 * never equals anything, whatever its own `__eq__`, `toJSON` or `valueOf` would say.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | Value[]
  | { $: 'int'; v: string }
  | { $: 'float'; v: string }
  | { $: 'bytes'; v: string }
  | { $: 'tuple' | 'set'; v: Value[] }
  | { $: 'map'; v: [Value, Value][] }
  | { $: 'undefined' }
  | { $: 'opaque'; v: string }

/**
 * - `int`: decimal digits of an integer beyond 2^53, or of a JavaScript bigint.
 * - `float`: Python `repr` of a float (`1.0`, `inf`, `nan`, `-0.0`); in JavaScript only `NaN`, `Infinity`, `-Infinity`, `-0`.
 * - `bytes`: base64. `set` covers Python `set`/`frozenset` and JavaScript `Set`.
 * - `map`: Python `dict`, JavaScript plain object and `Map`; entries in insertion order.
 * - `opaque`: the type's name.
 */
export const Value: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.string(),
    z.number(),
    z.array(Value),
    z.strictObject({ $: z.enum(['int', 'float', 'bytes', 'opaque']), v: z.string() }),
    z.strictObject({ $: z.enum(['tuple', 'set']), v: z.array(Value) }),
    z.strictObject({ $: z.literal('map'), v: z.array(z.tuple([Value, Value])) }),
    z.strictObject({ $: z.literal('undefined') }),
  ]),
)
