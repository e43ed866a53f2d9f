import { z } from 'zod'
import { Call } from './test.ts'

/**
 * A call that nobody has an expectation of: programs are compared by what they do on it. `inside` stays within what the task's
 * examples show (signs, alphabets, lengths, order); at the `edge` a correct program may do as it likes, so agreement there says less.
 */
export const GeneratedInput = z.strictObject({ call: Call, reach: z.enum(['inside', 'edge']) })
export type GeneratedInput = z.infer<typeof GeneratedInput>
