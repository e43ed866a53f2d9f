import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'

/** `sha256:` followed by 64 lower-case hexadecimal digits. */
export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)
export type Digest = z.infer<typeof Digest>

/** SHA-256 of raw bytes or of text as UTF-8. */
export function digestBytes(bytes: string | Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** The bytes a record is hashed and signed as: canonical JSON (RFC 8785). Throws on what JSON cannot say. */
export function canonicalJson(record: unknown): string {
  const text = canonicalize(record)
  if (text === undefined) throw new TypeError('a record must be a JSON value')
  return text
}

/** SHA-256 of a record's canonical JSON. Records point at each other by this. */
export function digestRecord(record: unknown): Digest {
  return digestBytes(canonicalJson(record))
}
