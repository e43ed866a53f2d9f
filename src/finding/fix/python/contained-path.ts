import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { quoted } from './literal.ts'
import { boundNames, valueOf } from './scope.ts'
import { linesAfter, linesBefore, statementAround } from './statement.ts'
import { templateOf } from './template.ts'

/** A path below a folder must stay below it: resolved first, then looked at. */
export const containedPath: Fix = {
  title: 'A path that leads out of its folder raises ValueError.',
  behaviour: 'stricter',
  edit: (site) => {
    const call = Call.at(site, site.node)
    const given = [call?.argument(0, 'file', 'path', 'path_or_file', 'filename')?.value, call?.receiver]
    for (const node of given.filter((value) => value !== undefined)) {
      const edits = contained(site, node)
      if (edits !== undefined) return [edits]
    }
    return []
  },
}

function contained(site: Site, node: SyntaxNode): Edit[] | undefined {
  const held = valueOf(site, node)
  const path = held?.value ?? unwrapped(node)
  const folder = folderOf(site, path)
  if (folder === undefined) return undefined
  const guard = guardOf(site, path, folder)
  if (guard === undefined) return undefined
  if (held !== undefined) {
    const after = linesAfter(site, held.assignment, guard.lines(site.textOf(node)))
    return after && [...guard.edits, site.replace(path, guard.resolved), ...after]
  }
  if (isEvaluatedLater(site, node)) return undefined
  const taken = boundNames(site)
  const name = ['path', 'safe_path', 'file_path'].find((one) => !taken.has(one))
  const before = name && linesBefore(site, node, [`${name} = ${guard.resolved}`, ...guard.lines(name)])
  return before && name ? [...guard.edits, ...before, site.replace(node, name)] : undefined
}

/** Where a line before the statement would not run as often as the path is used, or not at the same time. */
function isEvaluatedLater(site: Site, node: SyntaxNode): boolean {
  const statement = statementAround(site, node)
  const later =
    /^(?:lambda|.*comprehension|generator_expression|elif_clause|while_statement|conditional_expression|boolean_operator|decorator|class_definition|function_definition)$/
  return (
    statement === undefined ||
    site.pathTo(node).some((one) => one.start >= statement.start && one.end <= statement.end && later.test(one.type))
  )
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  return node.type === 'parenthesized_expression' ? (node.children.find(({ named }) => named) ?? node) : node
}

/** The folder that a path is put below: a constant, or a name that is not the request's. */
function folderOf(site: Site, path: SyntaxNode): { text: string; kind: 'os' | 'pathlib' } | undefined {
  if (path.type === 'binary_operator' && childOf(path, 'operator')?.type === '/') {
    const left = childOf(path, 'left')
    return left && isFolder(site, left) ? { text: site.textOf(left), kind: 'pathlib' } : undefined
  }
  const call = Call.at(site, path)
  const first = call?.name === 'os.path.join' ? call.argument(0) : undefined
  if (first !== undefined) return isFolder(site, first.value) ? { text: site.textOf(first.value), kind: 'os' } : undefined
  const template = templateOf(site, path)
  const [start] = template?.pieces ?? []
  const literal = start?.kind === 'text' ? /^(.*[^/])\/$/.exec(site.textOf(start))?.[1] : undefined
  return literal === undefined || /["'\\{}%]/.test(literal) ? undefined : { text: quoted(site, literal, path), kind: 'os' }
}

function isFolder(site: Site, node: SyntaxNode): boolean {
  return (
    !/^.\/.$/.test(site.textOf(node)) &&
    /^(?:string|identifier|attribute|call|subscript)$/.test(node.type) &&
    !/request|input\(|argv/.test(site.textOf(node))
  )
}

interface Guard {
  readonly resolved: string
  readonly edits: readonly Edit[]
  lines(name: string): string[]
}

function guardOf(site: Site, path: SyntaxNode, { text: folder, kind }: { text: string; kind: 'os' | 'pathlib' }): Guard | undefined {
  const unit = /^([ \t]+)\S/m.exec(site.text)?.[1]?.startsWith('\t') === true ? '\t' : '    '
  const raise = `${unit}raise ValueError(${quoted(site, 'path leads out of its folder', path)})`
  const code = site.textOf(path)
  if (kind === 'pathlib')
    return { resolved: `(${code}).resolve()`, edits: [], lines: (name) => [`if not ${name}.is_relative_to(${folder}.resolve()):`, raise] }
  const imports = Call.at(site, site.node)?.imports
  const realpath = imports?.use('os', 'path')
  const separator = imports?.use('os', 'sep')
  if (realpath === undefined || separator === undefined) return undefined
  const real = (what: string) => `${realpath.text}.realpath(${what})`
  const edits = [...realpath.edits, ...(JSON.stringify(separator.edits) === JSON.stringify(realpath.edits) ? [] : separator.edits)]
  return { resolved: real(code), edits, lines: (name) => [`if not ${name}.startswith(${real(folder)} + ${separator.text}):`, raise] }
}
