import type { Language } from '../records/language.ts'
import { readOutline } from '../syntax/outline.ts'

const definition = {
  python: /^[ \t]*(?:async[ \t]+)?(?:def[ \t]+[A-Za-z_]\w*[ \t]*\([^]*?\)[ \t]*(?:->[^:\n]+)?:|class[ \t]+[A-Za-z_]\w*[^:\n]*:)/m,
  javascript: /^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:async[ \t]+)?(?:function\*?[ \t]+[\w$]+[ \t]*\([^)]*\)[^{\n]*|class[ \t]+[\w$]+[^{\n]*)\{?/m,
}
const mention = /\b(?:function|method|procedure)[ \t]+(?:(?:named|called)[ \t]+)?["'`]?([A-Za-z_$][\w$]*)["'`]?[ \t]*(?:\(([^()\n]*)\))?/
const quoted = /\b(?:write|implement|create|define|build|add|complete|provide|call(?:ed)?|named?)\b[^.`\n]{0,60}`(?:(?:export|async|function|def)[ \t]+)*([A-Za-z_$][\w$]*)[ \t]*\(([^`]*?)\)[^`()]*`/i
const notNames = new Set(['that', 'which', 'to', 'in', 'for', 'with', 'called', 'named', 'signature', 'name', 'takes', 'should', 'must', 'is', 'and', 'of', 'returns', 'body', 'below', 'you', 'the', 'a'])

/**
 * The code that an instruction in prose asks to be written, as far as it says: a definition that stands in it, or a mention like
 * "a function `area(width, height)`" or "write `area(width, height)`".
 */
export function readAskedCode(language: Language, instruction: string): string | undefined {
  if (readOutline(language, instruction)?.errors === 0) return instruction
  const found = definition[language === 'python' ? 'python' : 'javascript'].exec(instruction)?.[0].trim()
  if (found !== undefined) return language === 'python' || found.endsWith('{') ? found : `${found} {`
  const [, name, parameters = ''] = [mention, quoted].map((form) => form.exec(instruction)).find((found) => found !== null && !notNames.has(found[1]!)) ?? []
  if (name === undefined) return undefined
  const list = /^[\w$,\s:=[\]|.]*$/.test(parameters) ? parameters : ''
  return language === 'python' ? `def ${name}(${list}):` : `function ${name}(${list}) {`
}
