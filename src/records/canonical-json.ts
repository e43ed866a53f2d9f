import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Digest } from './digest.ts'

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
