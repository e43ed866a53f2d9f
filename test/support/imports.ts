import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'

/** One import of a source file: `to` is a path from the project's root, or the package or builtin as written. */
export interface Import {
  from: string
  to: string
  typeOnly: boolean
}

const root = resolve(import.meta.dirname, '../..')

/** Source files under `folder` (a path from the project's root), tests left out. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .sort()
}

/** Every import, re-export and `import()` of a file, read from its syntax tree. */
export function importsOf(file: string): Import[] {
  const { module, errors } = parseSync(file, readFileSync(join(root, file), 'utf8'))
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`)
  const found = module.staticImports.map((item) => ({
    request: item.moduleRequest.value,
    typeOnly: item.entries.length > 0 && item.entries.every((entry) => entry.isType),
  }))
  for (const item of module.staticExports) {
    for (const entry of item.entries) if (entry.moduleRequest) found.push({ request: entry.moduleRequest.value, typeOnly: entry.isType })
  }
  for (const item of module.dynamicImports) found.push({ request: dynamicRequest(file, item.moduleRequest), typeOnly: false })
  return found.map(({ request, typeOnly }) => ({ from: file, to: resolveRequest(file, request), typeOnly }))
}

/** Files reached from `entries` by imports that exist at run time. */
export function reach(entries: string[]): Set<string> {
  const seen = new Set<string>()
  const queue = [...entries]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    queue.push(...importsOf(file).filter((item) => !item.typeOnly && item.to.startsWith('src/')).map((item) => item.to))
  }
  return seen
}

function dynamicRequest(file: string, span: { start: number; end: number }): string {
  const text = readFileSync(join(root, file), 'utf8').slice(span.start, span.end)
  return /^['"](.*)['"]$/.exec(text)?.[1] ?? text
}

function resolveRequest(file: string, request: string): string {
  return request.startsWith('.') ? relative(root, resolve(root, dirname(file), request)) : request
}
