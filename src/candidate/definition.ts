import type { Language } from '../records/language.ts'

type Dialect = 'python' | 'javascript'

/** Names of languages and file endings that a task's language is written under. JavaScript is also TypeScript, not the other way round. */
export const spellings: Record<Language, readonly string[]> = {
  python: ['python', 'python3', 'py', 'py3', 'pyi'],
  javascript: ['javascript', 'js', 'mjs', 'cjs', 'node', 'jsx', 'es6', 'ecmascript'],
  typescript: ['typescript', 'ts', 'mts', 'cts', 'tsx', 'deno', 'javascript', 'js', 'mjs', 'jsx'],
}

export function dialectOf(language: Language): Dialect {
  return language === 'python' ? 'python' : 'javascript'
}

// A line at the left margin that can only be code. English that begins alike ("if you", "for example", "from here on") does not match.
const codeLine = {
  python:
    /^(?:@\w|(?:async )?def \w+ *[([]|class \w+ *[(:]|import \w[\w.]*(?: *$| *,| as )|from [\w.]+ import |(?:if|for|while|with|elif|except|try|else|finally|match)\b.*: *(?:#.*)?$|if __name__|[A-Za-z_]\w*(?:\.\w+|\[[^\]]{0,80}\])*(?: *: *[A-Za-z_][^=]{0,80})?(?: *, *[A-Za-z_]\w*)* *[-+*/|&%]?=(?!=) *\S|[A-Za-z_][\w.]*\(.*$|[)\]}]|raise \w+\(|assert |"""|''')/,
  javascript:
    /^(?:(?:export |default |async |declare |abstract )*(?:function\b *\*? *\w* *[(<]|class \w|interface \w+[^.]*\{|type \w+(?:<.*>)? *=|enum \w+ *\{|namespace \w+ *\{|(?:const|let|var) [\w${[])|import [\w{*'"]|export (?:\{|\*|default )|module\.exports|exports\.\w|[A-Za-z_$][\w$.[\]'"]* *[-+*/|&%?]{0,2}=(?!=) *\S|[A-Za-z_$][\w$.]*\(.*$|[)\]}]|(?:if|for|while|switch|return|throw) *[({]|try *\{|['"]use strict['"])/,
}
const definition = {
  python: /^(?:(?:async +)?def|class) +([A-Za-z_]\w*)|^([A-Za-z_]\w*)(?: *:[^=\n]{1,80})? *=(?!=)/gm,
  javascript:
    /^(?:export +)?(?:default +)?(?:declare +)?(?:abstract +)?(?:async +)?(?:function *\*? *|class +|interface +|type +|enum +|const +|let +|var +)([A-Za-z_$][\w$]*)|^(?:module\.)?(?:exports\.)?([A-Za-z_$][\w$]*) *=(?!=)/gm,
}

export function isCodeLine(line: string, language: Language): boolean {
  return line.length <= 2000 && codeLine[dialectOf(language)].test(line)
}

/** Names that a program defines at its left margin. */
export function definedNames(code: string, language: Language): Set<string> {
  const names = new Set<string>()
  for (const match of code.matchAll(definition[dialectOf(language)])) names.add((match[1] ?? match[2])!)
  return names
}

/** Whether a program mentions a name. */
export function mentions(code: string, name: string): boolean {
  for (let at = code.indexOf(name); at !== -1; at = code.indexOf(name, at + 1)) {
    if (!/[\w$]/.test(code[at - 1] ?? '') && !/[\w$]/.test(code[at + name.length] ?? '')) return true
  }
  return false
}
