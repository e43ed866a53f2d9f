import { z } from 'zod'

/** `sha256:` followed by 64 lower-case hexadecimal digits. */
export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)
export type Digest = z.infer<typeof Digest>

export { canonicalJson, digestBytes, digestRecord } from './canonical-json.ts'
