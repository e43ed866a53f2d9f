import type { Edit } from '../../../records/finding.ts'
import { childOf, type SyntaxNode, walk } from '../../../syntax/tree.ts'
import { placeOf } from '../../rule/sql-text.ts'
import type { Fix } from '../fix.ts'
import type { Site } from '../site.ts'
import { Call } from './call.ts'
import { Imports } from './import.ts'
import { type Lifted, lift } from '../lift.ts'
import { joinedExpression } from './expression.ts'
import { quoted } from './literal.ts'
import { assignmentsTo, scopeOf } from './scope.ts'
import type { Template } from '../template.ts'
import { textAt } from './wrap.ts'

/** How a driver marks the place of a value. */
type Style = '?' | '%s' | ':name' | ':1' | '$1'

const drivers: readonly (readonly [RegExp, Style])[] = [
  [/^(?:sqlite3|aiosqlite|duckdb|pyodbc|apsw)$/, '?'],
  [
    /^(?:psycopg2?|pymysql|MySQLdb|mysql\.connector|mysql|django\.db|aiomysql|flask_mysqldb|pymssql|snowflake|redshift_connector|aiopg)$/,
    '%s',
  ],
  [/^(?:cx_Oracle|oracledb)$/, ':1'],
  [/^asyncpg$/, '$1'],
]

/** The one style that the file's imports speak for. */
function styleOf(site: Site): Style | undefined {
  const imports = new Imports(site)
  const known = drivers.filter(([driver]) =>
    imports.modules.some(
      (module) => driver.test(module) || driver.test(module.split('.')[0] ?? '') || driver.test(module.split('.').slice(0, 2).join('.')),
    ),
  )
  return known.length === 1 ? known[0]?.[1] : undefined
}

function* parameters(site: Site, style: Style | undefined): Generator<readonly Edit[]> {
  const call = Call.at(site, site.node)
  const outer =
    call && isTextClause(call)
      ? Call.at(
          site,
          site.path.findLast(({ type, start }) => type === 'call' && start < call.node.start),
        )
      : call
  if (call === undefined || outer === undefined) return
  const given = outer.argument(0, 'sql', 'query', 'statement', 'operation')?.value
  const clause = Call.at(site, given)
  const isClause = clause !== undefined && isTextClause(clause)
  const text = textAt(site, isClause ? clause.argument(0, 'text')?.value : given)
  const used = isClause ? ':name' : style
  if (
    text === undefined ||
    used === undefined ||
    !takesParameters(outer, used) ||
    changesBetween(site, text, outer) ||
    isUsedElsewhere(site, text.assignment, outer)
  )
    return
  const names = namesFor(site, text.template)
  const moved = lift(site, text.template, {
    placeholder: (lifted, index) => (isValue(lifted) ? markOf(used, { index, name: names[index] ?? '' }) : undefined),
    expression: joinedExpression(site),
  })
  if (moved === undefined) return
  yield [
    ...moved.edits,
    ...percentsOf(site, text.template, { used, edits: moved.edits }),
    ...passed(outer, used, { lifted: moved.lifted, names }),
  ]
}

const isTextClause = (call: Call) => /^(?:sqlalchemy(?:\.\w+)*\.text|text|db\.text|sa\.text)$/.test(call.name)

function takesParameters(call: Call, style: Style): boolean {
  if (call.arguments.length !== 1) return call.last === 'read_sql' && call.arguments.length === 2 && call.keyword('params') === undefined
  return style === '$1' ? /^(?:execute|fetch(?:row|val)?)$/.test(call.last) : /^(?:execute|raw|scalars?)$/.test(call.last)
}

/** What stands where a value goes, and is one: a list for `IN (...)` is several. */
function isValue({ before, after }: Lifted): boolean {
  const place = placeOf(before, after)
  return (place === 'value' || place === 'quoted') && !/\bin\s*\(?\s*$/i.test(before) && !/\b(?:limit|offset)\s*$/i.test(before)
}

function markOf(style: Style, { index, name }: { index: number; name: string }): string {
  if (style === ':name') return `:${name}`
  return style === ':1' || style === '$1' ? `${style[0]}${index + 1}` : style
}

/** Values get the names that they have in the program, told apart where two have the same. */
function namesFor(site: Site, { pieces }: Template): string[] {
  const names: string[] = []
  for (const piece of pieces) {
    if (piece.kind !== 'hole') continue
    const written = /(\w+)\W*$/.exec(site.textOf(piece.value))?.[1] ?? 'value'
    const name = /^[a-z_]/i.test(written) ? written : 'value'
    names.push(names.includes(name) ? `${name}_${names.length + 1}` : name)
  }
  return names
}

/** A driver that formats with `%` takes a doubled one for a plain one, once it is given values. */
function percentsOf(site: Site, template: Template, { used, edits }: { used: Style; edits: readonly Edit[] }): Edit[] {
  if (used !== '%s' || template.style === '%') return []
  const isKept = (position: number) => !edits.some(({ start, end }) => position >= start && position < end)
  return template.pieces
    .filter(({ kind }) => kind === 'text')
    .flatMap((piece) => [...site.textOf(piece).matchAll(/%/g)].map(({ index }) => piece.start + index))
    .filter(isKept)
    .map((position) => site.insert(position, '%'))
}

function passed(call: Call, style: Style, { lifted, names }: { lifted: readonly Lifted[]; names: readonly string[] }): Edit[] {
  const values = lifted.map(({ expression }) => expression)
  if (style === '$1') return call.plus(values.join(', '))
  if (style === ':name') return call.plus(`{${values.map((value, i) => `${quoted(call.site, names[i] ?? '')}: ${value}`).join(', ')}}`)
  const tuple = values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`
  return call.plus(call.last === 'read_sql' ? `params=${tuple}` : tuple)
}

/** Another statement that is run with the same text would miss its values; what is only printed may lack them. */
function isUsedElsewhere(site: Site, assignment: SyntaxNode | undefined, call: Call): boolean {
  const target = assignment && childOf(assignment, 'left')
  if (assignment === undefined || target === undefined) return false
  const scope = scopeOf(site, assignment)
  const next = assignmentsTo(site, site.textOf(target), scope).find(({ start }) => start > call.node.end)?.start ?? scope.end
  const uses = [...walk(scope)].filter(
    (node) => node.type === 'identifier' && node.start > target.start && node.start < next && site.textOf(node) === site.textOf(target),
  )
  return uses.some(
    (use) =>
      (use.start < call.node.start || use.end > call.node.end) &&
      !site.pathTo(use).some((node) => node.type === 'call' && /^(?:print|[\w.]*log[\w.]*)\(/i.test(site.textOf(node))),
  )
}

/** The values must still be what they were when the text was put together. */
function changesBetween(
  site: Site,
  { template, assignment }: { template: Template; assignment: SyntaxNode | undefined },
  call: Call,
): boolean {
  if (assignment === undefined) return false
  const names = template.pieces.flatMap((piece) => (piece.kind === 'hole' ? (site.textOf(piece.value).match(/[A-Za-z_]\w*/g) ?? []) : []))
  return [...new Set(names)].some((name) =>
    assignmentsTo(site, name, site.root).some(({ start, end }) => start > assignment.end && end <= call.node.start),
  )
}

export const statementParameters: readonly Fix[] = [
  {
    title: 'Values are passed apart from the statement, as its driver takes them.',
    behaviour: 'stricter',
    edit: (site) => (styleOf(site) === '$1' ? [] : parameters(site, styleOf(site))),
  },
  {
    title: 'Values are passed apart from the statement; this driver wants each to be of the type of its column.',
    behaviour: 'may-change',
    edit: (site) => (styleOf(site) === '$1' ? parameters(site, '$1') : []),
  },
  {
    title: 'Values are passed apart from the statement, with `%s`, which most drivers take; SQLite and ODBC take `?`.',
    behaviour: 'may-change',
    edit: (site) => (styleOf(site) === undefined ? parameters(site, '%s') : []),
  },
]
