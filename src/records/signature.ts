import { z } from 'zod'
import { Value } from './value.ts'

/** A parameter as its function declares it. `annotation` is its text; `default` its value where that is plain data. */
export const Parameter = z.strictObject({
  name: z.string(),
  annotation: z.string().exactOptional(),
  default: Value.exactOptional(),
  optional: z.boolean(),
  /** `*rest`, `**options` or a destructured object: no single plain value stands in its place. */
  special: z.boolean(),
})
export type Parameter = z.infer<typeof Parameter>

/** A function or class that a program defines at its top level. A class has its constructor's parameters. */
export const Signature = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['function', 'class']),
  parameters: z.array(Parameter),
  returns: z.string().exactOptional(),
})
export type Signature = z.infer<typeof Signature>
