import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'
import { Imports } from './import.ts'

export interface Argument {
  readonly node: SyntaxNode
  readonly keyword: string | undefined
  readonly value: SyntaxNode
}

/** A call in a Python program, and how to change it. */
export class Call {
  readonly site: Site
  readonly imports: Imports
  readonly node: SyntaxNode
  readonly callee: SyntaxNode
  readonly arguments: readonly Argument[]
  private readonly list: SyntaxNode

  private constructor(site: Site, node: SyntaxNode, parts: { callee: SyntaxNode; list: SyntaxNode }) {
    this.site = site
    this.imports = new Imports(site)
    this.node = node
    this.callee = parts.callee
    this.list = parts.list
    this.arguments = parts.list.children
      .filter(({ named, type }) => named && type !== 'comment')
      .map((child) => {
        const name = child.type === 'keyword_argument' ? childOf(child, 'name') : undefined
        return { node: child, keyword: name && site.textOf(name), value: (name && childOf(child, 'value')) ?? child }
      })
  }

  static at(site: Site, node: SyntaxNode | undefined): Call | undefined {
    const callee = node?.type === 'call' ? childOf(node, 'function') : undefined
    const list = node && childOf(node, 'arguments')
    return node === undefined || callee === undefined || list?.type !== 'argument_list' ? undefined : new Call(site, node, { callee, list })
  }

  /** The callee's whole name: `numpy.load` for `np.load`. */
  get name(): string {
    return this.imports.resolve(this.site.textOf(this.callee))
  }

  /** `execute` of `self.cursor.execute`. */
  get last(): string {
    return this.site.textOf(childOf(this.callee, 'attribute') ?? this.callee)
  }

  /** `self.cursor` of `self.cursor.execute`. */
  get receiver(): SyntaxNode | undefined {
    return childOf(this.callee, 'object')
  }

  get hasSpread(): boolean {
    return this.arguments.some(({ node }) => node.type.endsWith('splat'))
  }

  argument(position: number, ...names: readonly string[]): Argument | undefined {
    const named = this.arguments.find(({ keyword }) => keyword !== undefined && names.includes(keyword))
    const at = this.arguments[position]
    return named ?? (at === undefined || at.keyword !== undefined || at.node.type.endsWith('splat') ? undefined : at)
  }

  keyword(name: string): Argument | undefined {
    return this.argument(-1, name)
  }

  textOf(argument: Argument | undefined): string {
    return argument === undefined ? '' : this.site.textOf(argument.value)
  }

  /** The keyword with this value, whether it is there or not. */
  with(name: string, value: string): Edit[] {
    const known = this.keyword(name)
    return known === undefined ? this.plus(`${name}=${value}`) : [this.site.replace(known.value, value)]
  }

  /** One argument more at the end, laid out as the others are. */
  plus(argument: string): Edit[] {
    const { site, list } = this
    const last = this.arguments.at(-1)
    if (last === undefined) return [site.insert(list.end - 1, argument)]
    const indentation = site.indentationAt(last.node.start)
    const ownLine = indentation !== undefined && site.text.slice(last.node.end, list.end).includes('\n')
    return [site.insert(last.node.end, ownLine ? `,${site.lineEnd}${indentation}${argument}` : `, ${argument}`)]
  }

  without({ node }: Argument): Edit[] {
    const { site, list } = this
    const at = this.arguments.findIndex((argument) => argument.node === node)
    const before = this.arguments[at - 1]
    const after = this.arguments[at + 1]
    if (before !== undefined) return [site.replace({ start: before.node.end, end: node.end }, '')]
    return [site.replace({ start: node.start, end: after?.node.start ?? Math.max(node.end, list.end - 1) }, '')]
  }

  /** The same call of another function of a module. */
  renamed(module: string, member: string): Edit[] {
    const used = this.imports.use(module, member)
    return used === undefined ? [] : [...used.edits, this.site.replace(this.callee, used.text)]
  }
}

/** A fix that changes the call at the finding's place. */
export function onCall(change: (call: Call) => readonly Edit[] | undefined): (site: Site) => (readonly Edit[])[] {
  return (site) => {
    const call = Call.at(site, site.node)
    const edits = call && change(call)
    return edits === undefined || edits.length === 0 ? [] : [edits]
  }
}

/** A fix that changes the value that is assigned at the finding's place. */
export function onValue(
  change: (value: SyntaxNode, site: Site, target: SyntaxNode | undefined) => readonly Edit[] | undefined,
): (site: Site) => (readonly Edit[])[] {
  return (site) => {
    const assignment = site.around('assignment', 'keyword_argument', 'pair')
    const isHere = assignment !== undefined && assignment.end === site.finding.span.end + site.shift
    const value = isHere ? (childOf(assignment, 'right') ?? childOf(assignment, 'value')) : site.node
    const target = isHere ? (childOf(assignment, 'left') ?? childOf(assignment, 'name') ?? childOf(assignment, 'key')) : undefined
    const edits = value && change(value, site, target)
    return edits === undefined || edits.length === 0 ? [] : [edits]
  }
}
