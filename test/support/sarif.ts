import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

// zod takes a reference for an address, which relative ones are not.
const text = readFileSync(resolve(import.meta.dirname, '../fixtures/sarif/schema.json'), 'utf8')
const schema = JSON.parse(text, (key, value: unknown) => (key === 'format' && value === 'uri-reference' ? undefined : value)) as z.core.JSONSchema.JSONSchema

/** SARIF 2.1.0 as its published JSON schema has it. */
export const Sarif = z.fromJSONSchema(schema, { defaultTarget: 'draft-4' })
