import type { Template } from '../engine/value.ts'

const statement =
  /^(--[^\n]*\n\s*)*(\(\s*)?(select\b|insert\s+(or\s+\w+\s+)?(into|ignore)?|update\b|delete\s+from|replace\s+into|create\s+(or\s+replace\s+)?(table|index|view|database|user|temp|unique|schema|role)|drop\s+(table|index|view|database|user|schema|role)|alter\s+(table|database|user|role)|truncate\b|merge\s+into|with\s+\w+\s+as\s*\(|exec(ute)?\s+\w|call\s+\w+\s*\(|grant\b|pragma\b|show\s+(tables|columns|databases)|explain\b|use\s|set\s+\w+|call\s|load\s+data|copy\s|declare\b|describe\b|attach\b|match\s*\()/i
const clause = /\b(where|and|or|values|having|like|in|limit|offset|order\s+by|from|join|set)\b/i
const identifier =
  /(\b(from|into|update|table|join|by|index|view|database|schema|column|add|select|distinct|truncate|use|as|on|exists|pragma|user|role|show|in|desc|describe|explain|attach|count\(|insert|ignore|if\s+exists|if\s+not\s+exists)\s+[`"[]?|[`[.]|,\s*[`"[]?|\(\s*[`"[]?)$/i

/** Whether the text looks like a statement of SQL, or (`loose`) at least like a piece of one. */
export function looksLikeSql(text: string, loose = false): boolean {
  return statement.test(text.trimStart()) || (loose && clause.test(text) && /[=%?]|\bby\b/i.test(text))
}

export function literalText(template: Template): string {
  return template.map((part) => (typeof part === 'string' ? part : ' ')).join('')
}

/** Where a hole sits, from the text before it: inside quotes, where a value goes, or where only a name of a column, or of a table, can go. */
export function placeOf(before: string, after: string): 'quoted' | 'value' | 'column' | 'table' {
  if (isInsideQuotes(before)) return 'quoted'
  const tail = before.slice(-200)
  if (/\bvalues\s*\([^()]*$/i.test(tail)) return 'value'
  if (/\b(where|and|or|not|having|set|when|then|else|limit|offset|between|like|=|<|>|<=|>=|<>|!=)\s*\(*\s*$|[=<>]\s*$/i.test(tail))
    return /\b(where|and|or|having|set|not)\s*\(*\s*$/i.test(tail)
      ? /^\s*(=|<|>|like\b|in\b|is\b|between\b)/i.test(after)
        ? 'column'
        : 'value'
      : 'value'
  if (/\bin\s*\([^()]*$/i.test(tail)) return 'value'
  if (/\b(order|group)\s+by\s+[^()]*$/i.test(tail)) return 'column'
  if (identifier.test(tail)) return 'table'
  return 'value'
}

function isInsideQuotes(before: string): boolean {
  let quote = ''
  for (let i = 0; i < before.length; i++) {
    const char = before[i]
    if (char === '\\') i++
    else if (quote === '') quote = char === "'" || char === '"' ? char : ''
    else if (char === quote) quote = ''
  }
  // A double quote opens a name in standard SQL, and a text in MySQL and SQLite; what precedes it tells.
  return quote === "'" || (quote === '"' && /(=|like|\(|,|values)\s*"[^"]*$/i.test(before))
}
