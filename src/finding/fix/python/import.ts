import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'
import { boundNames } from './scope.ts'

interface Binding {
  readonly local: string
  /** Dotted path of what the name stands for. */
  readonly source: string
  /** `import a.b` binds `a`, and makes `a.b` usable. */
  readonly reaches: string
}

/** The imports of a Python file as they are seen from one place. */
export class Imports {
  private readonly site: Site
  private readonly bindings: readonly Binding[]

  constructor(site: Site) {
    this.site = site
    const at = site.node.start
    this.bindings = importStatements(site)
      .filter((statement) => statement.start < at && blockOf(site, statement).end >= at)
      .flatMap((statement) => bindingsOf(statement, site))
  }

  /** The whole name of what is written as `np.load`: `numpy.load`. */
  resolve(written: string): string {
    const [first = '', ...rest] = written.replace(/\s+/g, '').split('.')
    const binding = this.bindings.findLast(({ local }) => local === first)
    return [binding?.source ?? first, ...rest].join('.')
  }

  /** Whole names of everything that is imported. */
  get modules(): readonly string[] {
    return this.bindings.map(({ reaches }) => reaches)
  }

  imports(module: string): boolean {
    return this.modules.some((path) => path === module || path.startsWith(`${module}.`))
  }

  /** How to write `module.member` here, with the import it takes; nothing where its name means something else. */
  use(module: string, member: string): { text: string; edits: Edit[] } | undefined {
    const direct = this.bindings.find(({ source }) => source === `${module}.${member}`)
    if (direct !== undefined) return { text: direct.local, edits: [] }
    const whole = this.bindings.find(({ source, reaches }) => source === module || reaches === module)
    if (whole !== undefined) return { text: whole.source === module ? `${whole.local}.${member}` : `${module}.${member}`, edits: [] }
    const taken = boundNames(this.site)
    const isFree = (name: string) => !taken.has(name) && !this.bindings.some(({ local }) => local === name)
    const isNamed = this.site.root.children.some(
      (statement) => statement.type === 'import_from_statement' && moduleOf(statement, this.site) === module,
    )
    if (!module.includes('.') && isFree(module) && !(isNamed && isFree(member)))
      return this.added(`${module}.${member}`, this.addImport(module))
    return isFree(member) ? this.added(member, this.addFrom(module, member)) : undefined
  }

  private added(text: string, edits: Edit[] | undefined): { text: string; edits: Edit[] } | undefined {
    if (edits !== undefined) return { text, edits }
    // A piece cut out of a file: what it uses without importing it is imported above.
    const [first = ''] = text.split('.')
    return new RegExp(`(?<![\\w.])${first}\\.`).test(this.site.text) ? { text, edits: [] } : undefined
  }

  private addImport(module: string): Edit[] | undefined {
    const { site } = this
    if (site.shift > 0) return undefined
    const top = site.root.children.filter(({ type }) => type === 'import_statement' || type === 'import_from_statement')
    const next = top.find((statement) => statement.type === 'import_statement' && moduleOf(statement, site) > module)
    const first = next ?? (top.some(({ type }) => type === 'import_statement') ? undefined : top[0])
    if (first !== undefined && site.indentationAt(first.start) === '') return [site.insert(first.start, `import ${module}${site.lineEnd}`)]
    const last = top.findLast(({ type }) => type === 'import_statement')
    if (last !== undefined && site.indentationAt(last.start) === '')
      return [site.insert(lineEndAfter(site, last.end), `${site.lineEnd}import ${module}`)]
    return this.addAtTop(`import ${module}`)
  }

  private addFrom(module: string, member: string): Edit[] | undefined {
    const { site } = this
    if (site.shift > 0) return undefined
    const existing = site.root.children.find(
      (statement) => statement.type === 'import_from_statement' && moduleOf(statement, site) === module,
    )
    const lastName = existing?.children.findLast(({ field }) => field === 'name')
    if (lastName !== undefined) return [site.insert(lastName.end, `, ${member}`)]
    const last = site.root.children.findLast(({ type }) => type === 'import_statement' || type === 'import_from_statement')
    const line = `from ${module} import ${member}`
    if (last !== undefined && site.indentationAt(last.start) === '') return [site.insert(lineEndAfter(site, last.end), site.lineEnd + line)]
    return this.addAtTop(line)
  }

  /** After what must stand first: comments of the first lines, the module's own text, `from __future__`. */
  private addAtTop(line: string): Edit[] | undefined {
    const { site } = this
    const { children } = site.root
    let i = 0
    while (
      children[i]?.type === 'comment' ||
      children[i]?.type === 'future_import_statement' ||
      (i === children.findIndex(({ type }) => type !== 'comment') && isText(children[i]))
    )
      i++
    const first = children[i]
    if (first === undefined || site.indentationAt(first.start) !== '') return undefined
    const gap =
      first.type.endsWith('import_statement') || first.type === 'import_from_statement' ? site.lineEnd : site.lineEnd + site.lineEnd
    return [site.insert(first.start, line + gap)]
  }
}

const isText = (node: SyntaxNode | undefined) => node?.type === 'expression_statement' && node.children[0]?.type === 'string'

function importStatements(site: Site): SyntaxNode[] {
  return [...walk(site.root)].filter(({ type }) => type === 'import_statement' || type === 'import_from_statement')
}

function blockOf(site: Site, statement: SyntaxNode): SyntaxNode {
  // An import under `try` or `if` at the top is there for the whole file.
  return site.pathTo(statement).findLast(({ type }) => type === 'function_definition' || type === 'class_definition') ?? site.root
}

function bindingsOf(statement: SyntaxNode, site: Site): Binding[] {
  const module = statement.type === 'import_from_statement' ? moduleOf(statement, site) : undefined
  return statement.children
    .filter(({ field }) => field === 'name')
    .map((child) => {
      const alias = childOf(child, 'alias')
      const name = site.textOf(childOf(child, 'name') ?? child).replace(/\s+/g, '')
      if (module !== undefined)
        return {
          local: alias === undefined ? name : site.textOf(alias),
          source: `${module}.${name}`,
          reaches: `${module}.${name}`,
        }
      const [first = name] = name.split('.')
      return alias === undefined
        ? { local: first, source: first, reaches: name }
        : { local: site.textOf(alias), source: name, reaches: name }
    })
}

function moduleOf(statement: SyntaxNode, site: Site): string {
  const node = childOf(statement, 'module_name') ?? childOf(statement, 'name')
  return node === undefined ? '' : site.textOf(childOf(node, 'name') ?? node).replace(/\s+/g, '')
}

function lineEndAfter(site: Site, position: number): number {
  const [rest = ''] = site.text.slice(position).split(/\r?\n/, 1)
  return position + rest.length
}
