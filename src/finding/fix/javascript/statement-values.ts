import type { Edit } from '../../../records/finding.ts'
import type { SyntaxNode } from '../../../syntax/tree.ts'
import { placeOf } from '../../rule/sql-text.ts'
import type { Fix } from '../fix.ts'
import { type Lifted, lift } from '../lift.ts'
import type { Site } from '../site.ts'
import type { Hole } from '../template.ts'
import { Call } from './call.ts'
import { textAt } from './template.ts'

const drivers: readonly (readonly [readonly string[], '?' | '$1'])[] = [
  [['mysql', 'mysql2', 'mysql2/promise', 'sqlite3', 'better-sqlite3', 'sqlite', 'mariadb', 'node:sqlite'], '?'],
  [['pg', 'pg-promise', '@neondatabase/serverless', '@vercel/postgres'], '$1'],
]

function styleOf(call: Call): '?' | '$1' | undefined {
  const known = drivers.filter(([modules]) => call.modules.imports(...modules))
  return known.length === 1 ? known[0]?.[1] : undefined
}

function values(site: Site, style: '?' | '$1' | undefined): (readonly Edit[])[] {
  const call = Call.at(site, site.node)
  const callback = call?.arguments[1]
  const hasOnlyCallback = callback === undefined || (call?.arguments.length === 2 && /function|arrow_function/.test(callback.type))
  const text = textAt(site, call?.arguments[0])
  if (
    call === undefined ||
    text === undefined ||
    style === undefined ||
    !hasOnlyCallback ||
    !/^(?:query|execute|all|get|run|each)$/.test(call.last)
  )
    return []
  const moved = lift(site, text, {
    placeholder: (lifted, i) => (isValue(lifted) ? (style === '?' ? '?' : `$${i + 1}`) : undefined),
    expression: joined(site),
  })
  const first = call.arguments[0]
  return moved === undefined || first === undefined
    ? []
    : [[...moved.edits, site.insert(first.end, `, [${moved.lifted.map(({ expression }) => expression).join(', ')}]`)]]
}

function isValue({ before, after }: Lifted): boolean {
  const place = placeOf(before, after)
  return (place === 'value' || place === 'quoted') && !/\bin\s*\(?\s*$/i.test(before) && !/\b(?:limit|offset)\s*$/i.test(before)
}

function joined(site: Site): (hole: Hole, before: string, after: string) => string {
  return ({ value }, before, after) => {
    const code = unwrapped(site, value)
    return before === '' && after === '' ? code : /[`\\]/.test(code) ? '' : `\`${before}\${${code}}${after}\``
  }
}

function unwrapped(site: Site, node: SyntaxNode): string {
  return site.textOf(node).replace(/^\(([^()]*)\)$/, '$1')
}

function ofCall(site: Site, edits: (call: Call) => (readonly Edit[])[]): (readonly Edit[])[] {
  const call = Call.at(site, site.node)
  return call === undefined ? [] : edits(call)
}

export const statementValues: readonly Fix[] = [
  {
    title: 'Values are passed apart from the statement, as its driver takes them.',
    behaviour: 'stricter',
    edit: (site) => ofCall(site, (call) => values(site, styleOf(call))),
  },
  {
    title: 'Values are passed apart from the statement, with `?`, which MySQL and SQLite take; PostgreSQL takes `$1`.',
    behaviour: 'may-change',
    edit: (site) => ofCall(site, (call) => (styleOf(call) === undefined ? values(site, '?') : [])),
  },
]
