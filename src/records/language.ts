import { z } from 'zod'

/** Languages whose programs can be parsed, run and compared. JSX and TSX are read as `javascript` and `typescript`. */
export const Language = z.enum(['python', 'javascript', 'typescript'])
export type Language = z.infer<typeof Language>
