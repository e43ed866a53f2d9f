import type { Language } from '../records/language.ts'
import { definedNames, mentions } from './definition.ts'

const importLine = { python: /^(?:import|from)\s/, javascript: /^(?:import\b|(?:const|let|var)\b.*\brequire\()/ }

/** The program that `body` makes of a prefix that ends inside a definition. */
export function continuePrefix(prefix: string, body: string, language: Language): string {
  const first = body.split('\n').find((line) => line.trim() !== '')
  if (first === undefined || !/\n[ \t]*$/.test(prefix)) return prefix + body
  // A model that answers with the body alone often leaves its indentation away.
  const flat = language === 'python' && !/^\s/.test(first) && prefix.endsWith('\n') && isOpen(prefix)
  return prefix + (flat ? body.replace(/^(?=.*\S)/gm, '    ') : body)
}

// The last statement at the left margin is a definition that still wants a body.
function isOpen(prefix: string): boolean {
  const margin = prefix.split('\n').findLast((line) => /^\S/.test(line))
  return margin !== undefined && /^(?:async +)?(?:def|class)\b|^\)|^@/.test(margin)
}

/** A whole program with what it takes for granted from the prefix: its imports, and the definitions given before the entry point. */
export function withPreamble(prefix: string, code: string, { language, entryPoint }: { language: Language; entryPoint?: string }): string {
  const preamble = beforeDefinition(prefix, language, entryPoint)
  const own = definedNames(code, language)
  const given = [...definedNames(preamble, language)].filter((name) => !own.has(name) && mentions(code, name))
  const imports = preamble.split('\n').filter((line) => importLine[language === 'python' ? 'python' : 'javascript'].test(line))
  const missing = given.length > 0 ? preamble.trimEnd() : imports.filter((line) => !code.includes(line.trim())).join('\n')
  return missing === '' ? code : `${missing}\n\n${code}`
}

function beforeDefinition(prefix: string, language: Language, entryPoint: string | undefined): string {
  const lines = prefix.split('\n')
  const at = lines.findIndex((line) => entryPoint !== undefined && /^\S/.test(line) && definedNames(line, language).has(entryPoint))
  return at === -1 ? '' : lines.slice(0, at).join('\n')
}
