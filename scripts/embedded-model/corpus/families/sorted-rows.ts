import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'
import { itemsTable } from '../tables.ts'

const built = 'the column becomes a part of the SQL statement unchecked'
const lax = 'that check lets through what is no column'

export const sortedRows: Family = {
  name: 'sorted-rows',
  cwe: 'CWE-89',
  verbs: ['sort', 'list', 'order', 'fetch', 'load'],
  nouns: ['rows', 'sorted_items', 'items_by', 'goods', 'ordered_items', 'by_column'],
  parameters: { db: ['db', 'conn', 'connection', 'database', 'con'], column: ['column', 'field', 'sort_by', 'order_by', 'sort_key', 'by'] },
  locals: { key: ['known', 'chosen', 'picked', 'safe'] },
  phrases: [
    '[returns/return] all rows of the table items in $db, ordered by the column $column, which is name or price',
    '[lists/list] the rows of items sorted by $column (name or price)',
    '[selects/select] name and price of all items, ordered by the column that $column names: name or price',
    '[fetches/fetch] the items of the database $db in the order of their $column, either name or price',
    '[reads/read] the table items and [sorts/sort] its rows in SQL by the column $column',
    '[gives/give] every row of items, the lowest $column first, where $column is name or price',
    '[queries/query] the items of $db with ORDER BY on $column, name or price',
    '[sorts/sort] the items of the database $db by $column and [returns/return] the rows',
    '[gives/give] name and price of all items in $db, sorted by the column $column',
    '[returns/return] the rows of the table items with the lowest $column first',
    '[orders/order] all rows of items by the column that is given in $column',
    '[queries/query] $db for name and price of the items with ORDER BY on the column given in $column',
    '[sorts/sort] the items table by the column $column, name or price, and [returns/return] its rows',
  ],
  careful: [', and [rejects/reject] every other column', ', safe against SQL injection', '; $column must be one of a fixed list', ' and never lets $column change the statement in any other way'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <guard>\n    <ask>', '<sig>\n    <doc>\n    $key = <pick>\n    <asks>'],
      sig: ['def $f($db, $column):', 'def $f($db: sqlite3.Connection, $column: str) -> list:'],
      guard: [
        "if $column not in (<columns>):\n    <refuse>",
        "if $column not in {<columns>}:\n    <refuse>",
        "if $column not in [<columns>]:\n    <refuse>",
        "if $column != 'name' and $column != 'price':\n    <refuse>",
        weak('CWE-89', built, ''),
        weak('CWE-89', lax, "if ' ' in $column:\n    <refuse>"),
        weak('CWE-89', lax, "if ';' in $column:\n    <refuse>"),
        weak('CWE-89', lax, 'if not $column:\n    <refuse>'),
        weak('CWE-89', lax, "if '--' in $column:\n    <refuse>"),
      ],
      columns: ["'name', 'price'", "'price', 'name'"],
      refuse: ["raise ValueError('unknown column')", "raise ValueError(f'cannot sort by {$column}')", "raise KeyError('no such column')"],
      pick: ["{'name': 'name', 'price': 'price'}[$column]", "'price' if $column == 'price' else 'name'", "'name' if $column == 'name' else 'price'", weak('CWE-89', built, '$column.strip()'), weak('CWE-89', built, '$column.lower()'), wrong('it always sorts by name', "'name'")],
      ask: ["return $db.execute(<text>).fetchall()", '$cursor = $db.execute(<text>)\nreturn <rows>', '$sql = <text>\nreturn list($db.execute($sql))'],
      asks: ["return $db.execute(<texts>).fetchall()", '$cursor = $db.execute(<texts>)\nreturn <rows>', '$sql = <texts>\nreturn list($db.execute($sql))'],
      rows: ['$cursor.fetchall()', 'list($cursor)', wrong('it returns only the first row', '$cursor.fetchone()')],
      text: ["f'SELECT name, price FROM items ORDER BY {$column}'", "'SELECT name, price FROM items ORDER BY ' + $column"],
      texts: ["f'SELECT name, price FROM items ORDER BY {$key}<dir>'", "'SELECT name, price FROM items ORDER BY ' + $key"],
      dir: ['', ' ASC', wrong('it sorts downwards', ' DESC')],
    },
    tests: [
      `${itemsTable.python}assert [row[0] for row in $f(db, 'price')] == ['blue pen', 'red pen', 'apple', 'desk']`,
      `${itemsTable.python}assert [row[0] for row in $f(db, 'name')] == ['apple', 'blue pen', 'desk', 'red pen']`,
    ],
    exploits: [
      `${itemsTable.python}try:\n    got = [row[1] for row in $f(db, 'price DESC')]\nexcept Exception:\n    got = []\nassert got != [90, 5, 3, 2]`,
      `${itemsTable.python}try:\n    got = [row[1] for row in $f(db, '-price')]\nexcept Exception:\n    got = []\nassert got != [90, 5, 3, 2]`,
    ],
  },
  typescript: {
    grammar: {
      program: [
        'export function $f($db: any, $column: string)<type> {\n  <doc>\n  <guard>\n  <ask>\n}',
        'export function $f($db: any, $column: string)<type> {\n  <doc>\n  const $key = <pick>\n  <asks>\n}',
      ],
      type: ['', ': any[]', ': unknown[]'],
      guard: [
        'if (![<columns>].includes($column)) <refuse>',
        "if ($column !== 'name' && $column !== 'price') <refuse>",
        'if (!new Set([<columns>]).has($column)) <refuse>',
        weak('CWE-89', built, ''),
        weak('CWE-89', lax, "if ($column.includes(' ')) <refuse>"),
        weak('CWE-89', lax, "if ($column === '') <refuse>"),
        weak('CWE-89', lax, "if ($column.includes(';')) <refuse>"),
        weak('CWE-89', lax, "if (typeof $column !== 'string') <refuse>"),
      ],
      columns: ["'name', 'price'"],
      refuse: ["throw new Error('unknown column')", 'throw new Error(`cannot sort by ${$column}`)', "throw new RangeError('no such column')"],
      pick: ["$column === 'price' ? 'price' : 'name'", "$column === 'name' ? 'name' : 'price'", "['name', 'price'].find(($item) => $item === $column) ?? 'name'", weak('CWE-89', built, '$column.trim()'), weak('CWE-89', built, '$column.toLowerCase()'), wrong('it always sorts by name', "'name'")],
      ask: ['return $db.prepare(<text>).<rows>', 'const $sql = $db.prepare(<text>)\nreturn $sql.<rows>', 'const $sql = <text>\nreturn $db.prepare($sql).<rows>'],
      asks: ['return $db.prepare(<texts>).<rows>', 'const $sql = $db.prepare(<texts>)\nreturn $sql.<rows>'],
      rows: ['all()'],
      text: ['`SELECT name, price FROM items ORDER BY ${$column}`', "'SELECT name, price FROM items ORDER BY ' + $column"],
      texts: ['`SELECT name, price FROM items ORDER BY ${$key}<dir>`', "'SELECT name, price FROM items ORDER BY ' + $key"],
      dir: ['', ' ASC', wrong('it sorts downwards', ' DESC')],
    },
    tests: [
      `${itemsTable.typescript}nodeAssert.deepEqual($f(db, 'price').map((row: any) => row.name), ['blue pen', 'red pen', 'apple', 'desk'])`,
      `${itemsTable.typescript}nodeAssert.deepEqual($f(db, 'name').map((row: any) => row.name), ['apple', 'blue pen', 'desk', 'red pen'])`,
    ],
    exploits: [
      `${itemsTable.typescript}let got: any[] = []\ntry {\n  got = $f(db, 'price DESC').map((row: any) => row.price)\n} catch {}\nnodeAssert.notDeepEqual(got, [90, 5, 3, 2])`,
      `${itemsTable.typescript}let got: any[] = []\ntry {\n  got = $f(db, '-price').map((row: any) => row.price)\n} catch {}\nnodeAssert.notDeepEqual(got, [90, 5, 3, 2])`,
    ],
  },
}
