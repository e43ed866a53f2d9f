import { bit, everything } from '../engine/taint.ts'

/** Whether a match says something of the whole text. */
export function isAnchored(pattern: string, method: string): boolean {
  if (method === 'fullmatch') return true
  const from = method === 'match' || /^\(?(\?:)?(\^|\\A)/.test(pattern)
  return from && /(\$|\\Z)\)?$/.test(pattern)
}

/**
 * The punctuation that a text can hold and still match, or undefined when it can hold anything (`.`, negated sets, `\S` and the like).
 */
export function admits(pattern: string): string | undefined {
  const body = pattern.replace(/\\[AZbB]/g, '')
  let allowed = ''
  let inSet = false
  for (let i = 0; i < body.length; i++) {
    const char = body.charAt(i)
    if (char === '\\') {
      const escaped = body.charAt(++i)
      if (/[SDW]/.test(escaped)) return undefined
      if (escaped === 's') allowed += '\n'
      else if (!/[wd]/.test(escaped)) allowed += escaped
    } else if (inSet) {
      if (char === ']') inSet = false
      else if (!/[\w-]/.test(char)) allowed += char
    } else if (char === '[') {
      if (body.charAt(i + 1) === '^') return undefined
      inSet = true
    } else if (char === '(' && body.charAt(i + 1) === '?' && /[!=<]/.test(body.charAt(i + 2))) return undefined
    else if (char === '.') return undefined
    else if (!/[\w^$()|*+?{},:]/.test(char)) allowed += char
  }
  return allowed
}

/** What a text that matches as a whole is safe for. */
export function shownBy(pattern: string): number {
  const allowed = admits(pattern)
  if (allowed === undefined) return 0
  let bits = everything
  if (/\//.test(allowed)) bits &= ~(bit.path | bit.redirect | bit.ssrf)
  if (/['"]/.test(allowed)) bits &= ~(bit.sql | bit.xpath | bit.html | bit.code)
  if (/[<>&]/.test(allowed)) bits &= ~bit.html
  if (/[;|&$`\n]/.test(allowed)) bits &= ~bit.command
  if (/[()]/.test(allowed)) bits &= ~(bit.code | bit.ldap | bit.sql | bit.template)
  return bits
}
