import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'

interface Binding {
  readonly module: string
  /** Nothing where the name stands for the module as a whole. */
  readonly member: string | undefined
  readonly local: string
  /** The `{ ... }` that it stands in. */
  readonly list: SyntaxNode | undefined
}

/** The modules that a JavaScript file imports or requires at its top. */
export class Modules {
  private readonly site: Site
  private readonly bindings: readonly Binding[]

  constructor(site: Site) {
    this.site = site
    this.bindings = site.root.children.flatMap((statement) => bindingsOf(site, statement))
  }

  /** The whole name of what is written as `db.query`, as far as its first part is imported: `pg.Pool`. */
  resolve(written: string): string {
    const [first = '', ...rest] = written.split('.')
    const binding = this.bindings.find(({ local }) => local === first)
    return binding === undefined ? written : [binding.module, ...(binding.member === undefined ? [] : [binding.member]), ...rest].join('.')
  }

  imports(...modules: readonly string[]): boolean {
    return (
      this.bindings.some(({ module }) => modules.includes(module)) ||
      modules.some((module) => new RegExp(`require\\(['"\`](?:node:)?${module}(?:/\\w+)?['"\`]\\)`).test(this.site.text))
    )
  }

  /** How to write a member of one of Node's modules here, with the import that it takes. */
  use(module: string, member: string): { text: string; edits: Edit[] } | undefined {
    const own = this.bindings.filter((binding) => binding.module === module)
    const direct = own.find((binding) => binding.member === member)
    if (direct !== undefined) return { text: direct.local, edits: [] }
    const whole = own.find((binding) => binding.member === undefined)
    if (whole !== undefined) return { text: `${whole.local}.${member}`, edits: [] }
    if (this.isTaken(member)) return undefined
    const [listed] = own
    const last = listed?.list?.children.findLast(({ named }) => named)
    if (last !== undefined) return { text: member, edits: [this.site.insert(last.end, `, ${member}`)] }
    return this.added(module, member)
  }

  private isTaken(name: string): boolean {
    return [...walk(this.site.root)].some(
      (node) => /^(?:identifier|shorthand_property_identifier(?:_pattern)?)$/.test(node.type) && this.site.textOf(node) === name,
    )
  }

  private added(module: string, member: string): { text: string; edits: Edit[] } | undefined {
    const { site } = this
    // What has a page has no modules of Node's.
    if (site.shift > 0 || /\b(?:document|window|localStorage|navigator)\s*\./.test(site.text)) return undefined
    const first = site.root.children.find(
      ({ type, start, end }) =>
        type !== 'comment' &&
        type !== 'hash_bang_line' &&
        !(type === 'expression_statement' && /^['"]use /.test(site.textOf({ start, end }))),
    )
    if (first === undefined || site.indentationAt(first.start) !== '') return undefined
    const isModule = site.root.children.some(({ type }) => type === 'import_statement' || type === 'export_statement')
    const mark = /from "|require\("/.test(site.text) ? '"' : "'"
    const end = /;\s*$/m.test(site.text) ? ';' : ''
    const name = `${mark}${/['"]node:/.test(site.text) ? 'node:' : ''}${module}${mark}`
    const line = isModule ? `import { ${member} } from ${name}${end}` : `const { ${member} } = require(${name})${end}`
    return { text: member, edits: [site.insert(first.start, line + site.lineEnd)] }
  }
}

function bindingsOf(site: Site, statement: SyntaxNode): Binding[] {
  if (statement.type === 'import_statement') return importedBy(site, statement)
  if (statement.type !== 'lexical_declaration' && statement.type !== 'variable_declaration') return []
  return statement.children.filter(({ type }) => type === 'variable_declarator').flatMap((declarator) => requiredBy(site, declarator))
}

function importedBy(site: Site, statement: SyntaxNode): Binding[] {
  const source = childOf(statement, 'source')
  const clause = statement.children.find(({ type }) => type === 'import_clause')
  if (source === undefined || clause === undefined) return []
  const module = moduleOf(site, source)
  return clause.children.flatMap((child): Binding[] => {
    if (child.type === 'identifier') return [{ module, member: undefined, local: site.textOf(child), list: undefined }]
    if (child.type === 'namespace_import')
      return [{ module, member: undefined, local: site.textOf(child.children.at(-1) ?? child), list: undefined }]
    return child.children
      .filter(({ type }) => type === 'import_specifier')
      .map((one) => ({
        module,
        member: site.textOf(childOf(one, 'name') ?? one),
        local: site.textOf(childOf(one, 'alias') ?? one),
        list: child,
      }))
  })
}

function requiredBy(site: Site, declarator: SyntaxNode): Binding[] {
  const [name, value] = [childOf(declarator, 'name'), childOf(declarator, 'value')]
  const source = value && /^require\(\s*(['"`][^'"`]+['"`])\s*\)$/.exec(site.textOf(value))?.[1]
  if (name === undefined || source === undefined) return []
  const module = source.slice(1, -1).replace(/^node:/, '')
  if (name.type === 'identifier') return [{ module, member: undefined, local: site.textOf(name), list: undefined }]
  return name.children
    .filter(({ type }) => type === 'shorthand_property_identifier_pattern' || type === 'pair_pattern')
    .map((one) => ({
      module,
      member: site.textOf(childOf(one, 'key') ?? one),
      local: site.textOf(childOf(one, 'value') ?? one),
      list: name,
    }))
}

const moduleOf = (site: Site, source: SyntaxNode) =>
  site
    .textOf(source)
    .slice(1, -1)
    .replace(/^node:/, '')
