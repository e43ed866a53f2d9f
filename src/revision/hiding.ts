import type { Candidate } from '../records/candidate.ts'
import type { Objection } from '../records/repair.ts'

// Ways to reach a function without writing its name, or to run text. Whatever the analyser makes of them, a repair needs no more of them than its parent had.
const python: readonly [string, RegExp][] = [
  ['__builtins__', /__builtins__|\bimport\s+builtins\b|\bfrom\s+builtins\b/g],
  ['a table of names', /\b(?:globals|locals|vars)\s*\(|\.__dict__\b/g],
  ['a name that is put together', /\b(?:getattr|setattr|delattr)\s*\((?!\s*[\w.]+\s*,\s*(?:'[^'\\]*'|"[^"\\]*")\s*[,)])|__getattribute__|\b(?:attrgetter|methodcaller)\s*\(/g],
  ['a module that is put together', /\b__import__\s*\(|\bimport_module\s*\(|\bexec_module\b|\bspec_from_/g],
  ['code that is run as text', /\b(?:eval|exec|compile)\s*\(|\bFunctionType\b|\bCodeType\b|\bmarshal\b/g],
  ['the way through classes', /__subclasses__|__mro__|__bases__|__globals__|__code__|__closure__/g],
  ['a foreign function', /\bctypes\b|\bcffi\b/g],
]
const javascript: readonly [string, RegExp][] = [
  ['a name that is put together', /\b(?:globalThis|global|window|self|process|module|require)\s*(?:\?\.)?\[|\]\s*(?:\?\.)?\(|\bReflect\s*\./g],
  ['code that is run as text', /\beval\s*\(|\(\s*0\s*,\s*eval\s*\)|\bFunction\s*\(|\bset(?:Timeout|Interval)\s*\(\s*['"`]|\bnew\s+(?:vm\.)?Script\b|\brunIn\w*Context\b/g],
  ['a module that is put together', /\b(?:require|import|createRequire|getBuiltinModule)\s*\((?!\s*(?:'[^'\\]*'|"[^"\\]*")\s*[,)])|\bprocess\s*\.\s*(?:binding|dlopen|mainModule)\b/g],
  ['the way through classes', /\.constructor\b|\[\s*['"`]constructor|__proto__/g],
]

/** A revision may not reach what it no longer names: what hides from the analyser is not clean (methods §4). */
export function hidingObjections(child: Candidate, parent: Candidate): Objection[] {
  const ways = child.language === 'python' ? python : javascript
  const [before, after] = [textOf(parent), textOf(child)]
  return ways.flatMap(([name, pattern]): Objection[] => (countOf(after, pattern) > countOf(before, pattern) ? [{ check: 'read', detail: `it hides from the analyser by ${name}` }] : []))
}

function textOf({ files }: Candidate): string {
  return files.map(({ content }) => content).join('\n')
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
