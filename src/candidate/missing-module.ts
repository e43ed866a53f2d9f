import type { Language } from '../records/language.ts'
import { definedNames, mentions } from './definition.ts'

/**
 * A program with those of the modules offered that it uses and forgot to bring along, each with those that it uses itself, in front. A writer who was shown
 * a function takes it for granted.
 */
export function withMissingModules(program: string, modules: readonly string[], language: Language): string {
  const defined = new Set(definedNames(program, language))
  const missing: string[] = []
  let text = program
  for (let found = true; found;) {
    found = false
    for (const code of modules) {
      const names = [...definedNames(code, language)]
      const [name] = names
      if (name === undefined || missing.includes(code) || names.some((own) => defined.has(own)) || !mentions(text, name)) continue
      for (const own of names) defined.add(own)
      missing.push(code)
      text = `${code}\n${text}`
      found = true
    }
  }
  if (missing.length === 0) return program
  const { head, rest } = splitHead(program, language)
  return `${head}${modules.filter((code) => missing.includes(code)).map((code) => `${code.trim()}\n\n`).join('')}${rest}`
}

/** Imports come first: `from __future__` must, and a module may need what they bring when it is loaded. */
function splitHead(program: string, language: Language): { head: string; rest: string } {
  const lines = program.split('\n')
  const isHead = language === 'python' ? /^(?:(?:import|from)\s.*|#.*|\s*)$/ : /^(?:import\s.*|\/\/.*|['"]use strict['"];?|\s*)$/
  const end = lines.findIndex((line) => !isHead.test(line))
  const at = end === -1 ? lines.length : end
  return { head: at === 0 ? '' : `${lines.slice(0, at).join('\n')}\n`, rest: lines.slice(at).join('\n') }
}
