import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'
import { itemsTable } from '../tables.ts'

const built = 'the search term becomes a part of the SQL statement'
const badTerm = "zz%' OR 1=1 -- "

export const searchItems: Family = {
  name: 'search-items',
  cwe: 'CWE-89',
  verbs: ['search', 'find', 'match', 'query', 'list'],
  nouns: ['items', 'products', 'names', 'goods', 'articles', 'item_names', 'catalog'],
  parameters: { db: ['db', 'conn', 'connection', 'database', 'con'], part: ['term', 'part', 'needle', 'keyword', 'wanted', 'text'] },
  phrases: [
    '[returns/return] the names of all items in the table items whose name contains $part',
    '[searches/search] the table items of $db for names that contain $part and [returns/return] a list of these names',
    '[selects/select] from items the column name wherever $part occurs in it',
    '[lists/list] the names in the items table that have $part somewhere',
    '[finds/find] with LIKE the item names of $db in which $part stands and [returns/return] them as a list',
    '[looks/look] through items in $db and [gives/give] each name that includes $part',
    '[queries/query] the table items of $db for names with $part in them',
    '[gathers/gather] all item names that have $part in them',
    '[gives/give] a list of the names of those items in $db that contain $part',
    '[looks/look] in items for each name of which $part is a part',
    '[returns/return] which items have $part in the name',
    '[gathers/gather] the names of those items that $part is a part of',
    '[queries/query] $db for items with $part in the name and [returns/return] a list of names',
  ],
  careful: [', safe against SQL injection', '; $part may hold anything and must never change the query', ' with a parameterised query', ', with $part bound as a parameter'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($db, $part):', 'def $f($db: sqlite3.Connection, $part: str) -> list[str]:'],
      body: [
        '$cursor = $db.execute(<query>)\n<give>',
        '$cursor = $db.cursor()\n$cursor.execute(<query>)\n<give>',
        "$sql = 'SELECT name FROM items WHERE name LIKE ?'\n$cursor = $db.execute($sql, (<pattern>,))\n<give>",
        'return [$item[0] for $item in $db.execute(<query>)]',
      ],
      query: [
        "'SELECT name FROM items WHERE name LIKE ?', (<pattern>,)",
        "'SELECT name FROM items WHERE instr(name, ?) > 0', ($part,)",
        weak('CWE-89', built, `f"SELECT name FROM items WHERE name LIKE '%{$part}%'"`),
        weak('CWE-89', built, `"SELECT name FROM items WHERE name LIKE '%" + $part + "%'"`),
        weak('CWE-89', built, `"SELECT name FROM items WHERE name LIKE '%{}%'".format($part)`),
        weak('CWE-89', built, `"SELECT name FROM items WHERE name LIKE '%%%s%%'" % $part`),
      ],
      pattern: ["f'%{$part}%'", "'%' + $part + '%'", wrong('it finds only equal names', '$part')],
      give: [
        'return [$item[0] for $item in $cursor]',
        'return [$item[0] for $item in $cursor.fetchall()]',
        '$out = []\nfor ($item,) in $cursor:\n    $out.append($item)\nreturn $out',
        wrong('it returns rows and not names', 'return $cursor.fetchall()'),
      ],
    },
    tests: [
      `${itemsTable.python}assert sorted($f(db, 'pen')) == ['blue pen', 'red pen']`,
      `${itemsTable.python}assert list($f(db, 'xyz')) == []`,
    ],
    exploits: [`${itemsTable.python}try:\n    got = list($f(db, "${badTerm}"))\nexcept Exception:\n    got = []\nassert got == []`],
  },
  typescript: {
    grammar: {
      program: ['export function $f($db: any, $part: string)<type> {\n  <doc>\n  <body>\n}'],
      body: [
        'const $cursor = $db.prepare(<query>\nreturn $cursor.map(<name_of>)',
        'return $db.prepare(<query>.map(<name_of>)',
        'const $sql = $db.prepare(\'SELECT name FROM items WHERE name LIKE ?\')\nreturn $sql.all(<pattern>).map(<name_of>)',
        'const $out: string[] = []\nfor (const $item of $db.prepare(<query>) $out.push(<field>)\nreturn $out',
      ],
      type: [': string[]', ''],
      query: [
        "'SELECT name FROM items WHERE name LIKE ?').all(<pattern>)",
        "'SELECT name FROM items WHERE instr(name, ?) > 0').all($part)",
        weak('CWE-89', built, "`SELECT name FROM items WHERE name LIKE '%${$part}%'`).all()"),
        weak('CWE-89', built, `"SELECT name FROM items WHERE name LIKE '%" + $part + "%'").all()`),
        weak('CWE-89', built, `"SELECT name FROM items WHERE name LIKE '%".concat($part, "%'")).all()`),
      ],
      pattern: ['`%${$part}%`', "'%' + $part + '%'"],
      name_of: ['($item: any) => $item.name', '({ name }: any) => name', wrong('it returns rows and not names', '($item: any) => $item')],
      field: ['$item.name', wrong('it returns rows and not names', '$item')],
    },
    tests: [
      `${itemsTable.typescript}nodeAssert.deepEqual([...$f(db, 'pen')].sort(), ['blue pen', 'red pen'])`,
      `${itemsTable.typescript}nodeAssert.deepEqual([...$f(db, 'xyz')], [])`,
    ],
    exploits: [`${itemsTable.typescript}let got: unknown[] = []\ntry {\n  got = [...$f(db, "${badTerm}")]\n} catch {}\nnodeAssert.deepEqual(got, [])`],
  },
}
