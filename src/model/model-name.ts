import { z } from 'zod'

type Json = z.infer<ReturnType<typeof z.json>>

/**
 * Reads `NAME?field=value&outer.inner=value`: a model's name, and further fields of each request to it. A value that is JSON is what it says
 * (`true`, `0.5`), any other is text.
 */
export function nameWithFields(text: string): { model: string; fields: Record<string, Json> } {
  const at = text.indexOf('?')
  if (at === -1) return { model: text, fields: {} }
  const given = [...new URLSearchParams(text.slice(at + 1))].map(([path, value]) => [path.split('.'), valueOf(value)] as const)
  return {
    model: text.slice(0, at),
    fields: given.reduce<Record<string, Json>>((fields, [path, value]) => withField(fields, path, value), {}),
  }
}

function withField(fields: Record<string, Json>, [name = '', ...rest]: readonly string[], value: Json): Record<string, Json> {
  const before = Object.hasOwn(fields, name) ? fields[name] : undefined
  const inner = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {}
  return Object.fromEntries([...Object.entries(fields), [name, rest.length === 0 ? value : withField(inner, rest, value)]])
}

function valueOf(text: string): Json {
  try {
    return z.json().parse(JSON.parse(text))
  } catch {
    return text
  }
}
