import { bit, everything, webScheme } from '../engine/taint.ts'
import { derived, safeFor, type Value } from '../engine/value.ts'

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

/** What an address that matches is shown to be where the match begins with it: `https?://`, `^(https?|ftp):`. */
export function schemeShownBy(pattern: string, method: string): number {
  const anchor = /^\(?(\?:)?(\^|\\A)/
  if (method === 'search' && !anchor.test(pattern)) return 0
  const text = pattern.replace(anchor, '').replace(/^\(\?:/, '(')
  // `(https?:\/\/)?` may be absent, and then anything begins.
  const mayBeAbsent = /^\([^()]*(\|\)|\)[?*](?!(\\?\/){2}))/.test(text)
  return !mayBeAbsent && /^\(?(https?\b|\\?\/|mailto:)/i.test(text) && !/javascript|data:/i.test(text) ? webScheme : 0
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
  // `[\w.-]+`: a dash may come first, and then it is an option.
  if (/^\^?\(?(\?:)?\[(-|(\\.|[^\]\\])*(-\]|\\-))/.test(pattern)) bits &= ~bit.argument
  return bits
}

/** What stands in the groups of a pattern that keep what they match, the first group first. */
export function groupsIn(pattern: string): string[] {
  const groups: { start: number; body: string }[] = []
  const open: { start: number; keeps: boolean }[] = []
  let inSet = false
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i)
    if (char === '\\') i++
    else if (inSet) inSet = char !== ']'
    else if (char === '[') inSet = true
    else if (char === '(') open.push({ start: i, keeps: pattern.charAt(i + 1) !== '?' || /^\?P?<[^=!]/.test(pattern.slice(i + 1, i + 5)) })
    else if (char === ')') {
      const group = open.pop()
      if (group?.keeps === true) groups.push({ start: group.start, body: pattern.slice(group.start + 1, i).replace(/^\?P?<\w+>/, '') })
    }
  }
  return groups.sort((a, b) => a.start - b.start).map(({ body }) => body)
}

/** What a match hands on of a text, as a whole and group by group: each is safe for what its own piece of the pattern lets through. */
export function capturedBy(pattern: string | undefined, subject: Value): Value[] {
  const pieces = pattern === undefined ? [undefined] : [pattern, ...groupsIn(pattern)]
  return pieces.map((piece) => safeFor(derived([subject], { type: 'str' }), piece === undefined ? 0 : shownBy(`^${piece}$`)))
}
