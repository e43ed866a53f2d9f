import type { Language } from '../records/language.ts'
import type { PlannedModule } from '../records/plan.ts'

// An outline of more lines is a program or an essay.
const mostModules = 40
const longestLine = 400
const decoration = /^\s*(?:[-*•]|\d{1,3}[.)]|#+|\/\/+)?\s*/
// A word and its parameters: prose seldom has them. `->` and `:` before a type belong to the signature.
const header = /^(?:(?:async|export|static)\s+)*(def|function|class|fn)?\s*`?([A-Za-z_$][\w$]*)`?\s*(\([^()]*(?:\([^()]*\)[^()]*)*\))?(\s*->\s*[\w[\], .|]+)?`?\s*(?::|--?|—|–)?\s*(.*)$/
const docstring = /^\s*(?:"""|'''|\/\*\*|\*|#|\/\/)\s*(.*?)\s*(?:"""|'''|\*\/)?\s*$/

/** The sub-modules that a text outlines: lines like `name(a, b): what it does`, or headers with their documentation below. Never what is no outline. */
export function readPlan(text: string, language: Language): PlannedModule[] {
  const modules = new Map<string, PlannedModule>()
  const lines = text.split('\n')
  for (const [at, line] of lines.entries()) {
    const module = line.length > longestLine ? undefined : moduleIn(line, lines[at + 1], language)
    if (module === undefined || modules.has(module.name)) continue
    modules.set(module.name, module)
    if (modules.size === mostModules) break
  }
  return [...modules.values()]
}

function moduleIn(line: string, next: string | undefined, language: Language): PlannedModule | undefined {
  const plain = line.replace(decoration, '').replaceAll('**', '')
  const [, keyword, name, parameters = '', returns = '', rest = ''] = header.exec(plain) ?? []
  // `name: text` alone is prose; a statement of a program (`if (x) {`, `return f(x)`) is no header.
  if (name === undefined || (parameters === '' && keyword !== 'class') || statements.has(name)) return undefined
  const said = rest.replace(/^[{:]\s*|\s*[{:]$/g, '').trim()
  if (keyword === undefined && (said === '' || /[;={}]|^[.,)]/.test(said))) return undefined
  const below = said === '' && next !== undefined && /^\s/.test(next) ? (docstring.exec(next)?.[1] ?? '') : ''
  const signature = `${keyword === 'class' ? 'class ' : ''}${name}${parameters}${language === 'python' ? returns : ''}`
  return { name, signature: signature.trim(), description: said === '' || said === 'pass' || said === '...' ? below : said }
}

const statements = new Set(['if', 'for', 'while', 'switch', 'return', 'catch', 'with', 'print', 'assert', 'elif', 'except', 'lambda', 'not', 'and', 'or', 'in'])

/** A plan as the line that each of its modules is written as. */
export function outlineOf(modules: readonly PlannedModule[]): string {
  return modules.map(({ signature, description }) => `${signature}: ${description}`.trim()).join('\n')
}
