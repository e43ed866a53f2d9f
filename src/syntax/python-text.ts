import type { Value } from '../records/value.ts'
import { OperationFailed } from './operation-failed.ts'

/** Python's `repr` of plain data. */
export function pythonRepr(value: Value): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  return reprTagged(value)
}

function reprTagged(value: Exclude<Value, null | boolean | string | number | Value[]>): string {
  switch (value.$) {
    case 'int':
    case 'float':
      return value.v
    case 'tuple':
      return value.v.length === 1 ? `(${pythonRepr(value.v[0]!)},)` : `(${value.v.map(pythonRepr).join(', ')})`
    case 'set':
      return value.v.length === 0 ? 'set()' : `{${value.v.map(pythonRepr).join(', ')}}`
    case 'map':
      return `{${value.v.map(([key, item]) => `${pythonRepr(key)}: ${pythonRepr(item)}`).join(', ')}}`
    case 'bytes':
      return `b${quoteBytes(Buffer.from(value.v, 'base64'))}`
    default:
      throw new OperationFailed()
  }
}

/** Python's `str` of plain data. */
export function pythonStr(value: Value): string {
  return typeof value === 'string' ? value : pythonRepr(value)
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  return mark + Array.from(text, (character) => escapeCharacter(character, mark)).join('') + mark
}

function escapeCharacter(character: string, mark: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }[character]
  if (short !== undefined) return short
  if (character === mark) return `\\${character}`
  if (!/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(character)) return character
  const code = character.codePointAt(0)!.toString(16)
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`
}

function quoteBytes(bytes: Buffer): string {
  const mark = bytes.includes("'") && !bytes.includes('"') ? '"' : "'"
  const parts = Array.from(bytes, (byte) => {
    if (byte < 127) return escapeCharacter(String.fromCodePoint(byte), mark)
    return `\\x${byte.toString(16).padStart(2, '0')}`
  })
  return mark + parts.join('') + mark
}

