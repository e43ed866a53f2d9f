import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const IMPORT = /^import (?:(\{[^}]*\})|\* as (\w+)) from '\.\/([\w-]+\.mjs)'$/gm
const DECLARATION = /^export ((?:async )?function\*?|const|class) (\w+)/gm
const NAMES = /^export \{([^}]*)\}$/gm
const LEFT_OVER = /^(?:import|export)\b.*/m

/**
 * A guest of several modules as one CommonJS script, which Node starts in 51 ms of CPU time where the modules take 59. Only for our own
 * guest: it knows the few forms of import and export that are written there, and refuses others.
 */
export function bundleGuest(folder: string, main: string): string {
  const modules = new Map<string, string>()
  const add = (name: string) => {
    if (modules.has(name)) return
    const source = readFileSync(join(folder, name), 'utf8')
    // What is imported comes first; there are no cycles.
    for (const [, , , imported = ''] of source.matchAll(IMPORT)) add(imported)
    modules.set(name, wrap(name, source))
  }
  add(main)
  return `'use strict'\nconst modules = {}\n${[...modules.values()].join('\n')}\n`
}

function wrap(name: string, source: string): string {
  const exported = [...source.matchAll(DECLARATION)].map(([, , declared = '']) => declared)
  const renamed = [...source.matchAll(NAMES)].flatMap(([, names = '']) => names.split(',').map((one) => one.trim().split(' as ').toReversed().join(': ')))
  const body = source
    .replace(IMPORT, (_all, names: string | undefined, whole: string | undefined, from: string) => `const ${names?.replaceAll(' as ', ': ') ?? whole} = modules['${from}']`)
    .replace(DECLARATION, '$1 $2')
    .replace(NAMES, '')
  const unknown = LEFT_OVER.exec(body)
  if (unknown !== null) throw new Error(`${name} cannot be bundled: ${unknown[0]}`)
  return `modules['${name}'] = (() => {\n${body}\nreturn { ${[...exported, ...renamed].join(', ')} }\n})()`
}
