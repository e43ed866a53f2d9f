import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode } from '../../../syntax/tree.ts'
import type { Site } from '../site.ts'
import { Modules } from './import.ts'
import { pairsOf } from './option.ts'

/** A call or a construction in a JavaScript program, and how to change it. */
export class Call {
  readonly site: Site
  readonly modules: Modules
  readonly node: SyntaxNode
  readonly callee: SyntaxNode
  readonly list: SyntaxNode
  readonly arguments: readonly SyntaxNode[]

  private constructor(site: Site, node: SyntaxNode, parts: { callee: SyntaxNode; list: SyntaxNode }) {
    this.site = site
    this.modules = new Modules(site)
    this.node = node
    this.callee = parts.callee
    this.list = parts.list
    this.arguments = parts.list.children.filter(({ named, type }) => named && type !== 'comment')
  }

  static at(site: Site, node: SyntaxNode | undefined): Call | undefined {
    const callee = node && (childOf(node, 'function') ?? childOf(node, 'constructor'))
    const list = node && childOf(node, 'arguments')
    return node === undefined || callee === undefined || list?.type !== 'arguments' ? undefined : new Call(site, node, { callee, list })
  }

  get name(): string {
    return this.modules.resolve(this.site.textOf(this.callee))
  }

  get last(): string {
    return this.site.textOf(childOf(this.callee, 'property') ?? this.callee)
  }

  get hasSpread(): boolean {
    return this.arguments.some(({ type }) => type === 'spread_element')
  }

  /** One argument more at the end. */
  plus(argument: string): Edit[] {
    const last = this.arguments.at(-1)
    return [last === undefined ? this.site.insert(this.list.end - 1, argument) : this.site.insert(last.end, `, ${argument}`)]
  }

  /** Options in the object at a position: those that are there get the value, the others are added, with the object where it is the next argument. */
  withOptions(position: number, options: Readonly<Record<string, string>>): Edit[] | undefined {
    const { site } = this
    const object = this.arguments[position]
    const added = (names: readonly string[]) => names.map((name) => `${name}: ${options[name]}`).join(', ')
    if (object === undefined)
      return this.arguments.length === position && !this.hasSpread ? this.plus(`{ ${added(Object.keys(options))} }`) : undefined
    if (object.type !== 'object' || object.children.some(({ type }) => type === 'spread_element')) return undefined
    const pairs = pairsOf(site, object)
    const missing = Object.keys(options).filter((name) => !pairs.some((pair) => pair.name === name))
    const changed = pairs.flatMap(({ name, value }) => (options[name] === undefined ? [] : [site.replace(value, options[name])]))
    const last = object.children.findLast(({ named }) => named)
    if (missing.length === 0) return changed
    if (last === undefined) return [...changed, site.replace(object, `{ ${added(missing)} }`)]
    const indentation = site.indentationAt(last.start)
    const between =
      indentation === undefined || !site.textOf({ start: last.end, end: object.end }).includes('\n')
        ? ', '
        : `,${site.lineEnd}${indentation}`
    return [...changed, site.insert(last.end, `${between}${added(missing)}`)]
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
