import type { Edit } from '../../../records/finding.ts'
import type { SyntaxNode } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { quoted } from './literal.ts'
import { freeName, linesBefore, refusalAt } from './statement.ts'
import { templateOf } from './template.ts'

/** A path below a folder must stay below it: resolved first, then looked at. */
export const containedPath: Fix = {
  title: 'A path that leads out of its folder is refused.',
  behaviour: 'stricter',
  edit: (site) => {
    const call = Call.at(site, site.node)
    const [given] = call?.arguments ?? []
    const folder = given && folderOf(site, given)
    const [resolve, separator] = [call?.modules.use('path', 'resolve'), call?.modules.use('path', 'sep')]
    const name = freeName(site, 'file', 'filePath', 'safePath')
    if (given === undefined || folder === undefined || resolve === undefined || separator === undefined || name === undefined) return []
    const before = linesBefore(site, given, [
      `const ${name} = ${resolve.text}(${site.textOf(given)})`,
      `if (!${name}.startsWith(${resolve.text}(${folder}) + ${separator.text})) ${refusalAt(site, given, quoted(site, 'path leads out of its folder'))}`,
    ])
    return before === undefined ? [] : [[...together(resolve.edits, separator.edits), ...before, site.replace(given, name)]]
  },
}

/** Two members of a module that is not imported yet come in one line. */
function together(resolve: readonly Edit[], separator: readonly Edit[]): Edit[] {
  return resolve.length === 0 || separator.length === 0
    ? [...resolve, ...separator]
    : resolve.map((edit) => ({ ...edit, text: edit.text.replace('resolve', 'resolve, sep') }))
}

function folderOf(site: Site, given: SyntaxNode): string | undefined {
  const call = Call.at(site, given)
  if (call !== undefined && /^path\.(?:join|resolve)$|^(?:join|resolve)$/.test(call.name)) {
    const at = call.arguments.findIndex(
      (argument) => argument.type !== 'string' && !/^(?:__dirname|[A-Z][A-Z_]*|process\.cwd\(\))$/.test(site.textOf(argument)),
    )
    const folders = call.arguments.slice(0, at)
    return at < 1 || at !== call.arguments.length - 1
      ? undefined
      : folders.length === 1
        ? site.textOf(folders[0]!)
        : `${site.textOf(call.callee)}(${folders.map((folder) => site.textOf(folder)).join(', ')})`
  }
  const template = templateOf(site, given)
  const [start, hole] = template?.pieces ?? []
  const literal = start?.kind === 'text' ? site.textOf(start) : ''
  // `./public` + a name that begins with a slash, or `/srv/` and a name without one.
  const folder = /^([^'"`\\$]*[^'"`\\$/])\/?$/.exec(literal)?.[1]
  return folder === undefined || hole === undefined || !folder.includes('/') ? undefined : quoted(site, folder)
}
