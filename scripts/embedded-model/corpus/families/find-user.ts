import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'
import { usersTable } from '../tables.ts'

const built = 'the name becomes a part of the SQL statement'
const badName = "x' OR '1'='1"

export const findUser: Family = {
  name: 'find-user',
  cwe: 'CWE-89',
  verbs: ['find', 'get', 'fetch', 'load', 'lookup', 'select'],
  nouns: ['user', 'account', 'member', 'user_row', 'user_by_name', 'customer', 'person'],
  parameters: { db: ['db', 'conn', 'connection', 'database', 'con'], name: ['name', 'username', 'user_name', 'login', 'wanted', 'who'] },
  phrases: [
    '[returns/return] the row of the table users whose name is $name, or {none}',
    '[looks/look] up the user named $name in the table users of $db and [returns/return] the row or {none}',
    '[selects/select] from users the row with the name $name, {none} if there is no such row',
    '[reads/read] the user $name from the database $db (table users, column name)',
    '[finds/find] in $db the row of users where name equals $name',
    '[fetches/fetch] the record of the user $name out of the table users',
    '[queries/query] the database $db for the user with the name $name and [returns/return] that row, else {none}',
    '[asks/ask] the table users of $db for the user named $name',
    '[gets/get] the row of the user that is called $name, or {none}',
    '[returns/return] the users entry whose name column is $name',
    '[searches/search] users in $db for the name $name and [gives/give] the row, else {none}',
    '[finds/find] the user record for $name in the database $db',
    '[gets/get] from the users table the entry whose name column holds $name',
    '[asks/ask] $db for the user that is named $name',
  ],
  careful: [', safe against SQL injection', '; $name may hold anything and must never change the query', ' with a parameterised query', ', with $name bound as a parameter'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($db, $name):', 'def $f($db: sqlite3.Connection, $name: str):'],
      body: [
        '$cursor = $db.execute(<query>)\n<give>',
        '$cursor = $db.cursor()\n$cursor.execute(<query>)\n<give>',
        'return $db.execute(<query>).<fetch>()',
        '$sql = <text>\n$cursor = $db.execute(<bound>)\n<give>',
      ],
      query: [
        "'SELECT <columns> FROM users WHERE name = ?', ($name,)",
        "'SELECT <columns> FROM users WHERE name = :name', {'name': $name}",
        weak('CWE-89', built, `f"SELECT <columns> FROM users WHERE name = '{$name}'"`),
        weak('CWE-89', built, `"SELECT <columns> FROM users WHERE name = '" + $name + "'"`),
        weak('CWE-89', built, `"SELECT <columns> FROM users WHERE name = '%s'" % $name`),
        weak('CWE-89', built, `"SELECT <columns> FROM users WHERE name = '{}'".format($name)`),
        weak('CWE-89', 'white space is cut off, and quotes stay', `f"SELECT <columns> FROM users WHERE name = '{$name.strip()}'"`),
      ],
      columns: ['*', 'id, name, email'],
      text: ["'SELECT <columns> FROM users WHERE name = ?'"],
      bound: ['$sql, ($name,)', '$sql, [$name]', weak('CWE-89', built, `$sql.replace('?', "'" + $name + "'")`)],
      fetch: ['fetchone', wrong('it returns a list of all rows', 'fetchall')],
      give: ['return $cursor.fetchone()', '$out = $cursor.fetchone()\nreturn $out', wrong('it returns a list of all rows', 'return $cursor.fetchall()'), wrong('it tells only whether the user exists', 'return $cursor.fetchone() is not None')],
    },
    tests: [
      `${usersTable.python}assert $f(db, 'bob') == (2, 'bob', 'bob@x.org')`,
      `${usersTable.python}assert $f(db, 'nobody') is None`,
    ],
    exploits: [`${usersTable.python}assert $f(db, "${badName}") is None`],
  },
  typescript: {
    grammar: {
      program: ['export function $f(<params>)<type> {\n  <doc>\n  <body>\n}'],
      params: ['$db: any, $name: string'],
      type: ['', ': any'],
      body: ['return $db.prepare(<query> ?? null', 'const $out = $db.prepare(<query>\nreturn <given>', 'const $sql = <statement>\nconst $out = $db.prepare($sql).<bound>\nreturn <given>'],
      given: ['$out ?? null', '$out === undefined ? null : $out', wrong('it tells only whether the user exists', '$out !== undefined')],
      statement: ["'SELECT <columns> FROM users WHERE name = ?'"],
      bound: ['get($name)', 'all($name)[0]', wrong('it returns a list of all rows', 'all($name)')],
      query: [
        "'SELECT <columns> FROM users WHERE name = ?').<get>($name)",
        "'SELECT <columns> FROM users WHERE name = :wanted').<get>({ wanted: $name })",
        weak('CWE-89', built, "`SELECT <columns> FROM users WHERE name = '${$name}'`).get()"),
        weak('CWE-89', 'white space is cut off, and quotes stay', "`SELECT <columns> FROM users WHERE name = '${$name.trim()}'`).get()"),
        weak('CWE-89', built, `"SELECT <columns> FROM users WHERE name = '" + $name + "'").get()`),
        weak('CWE-89', built, `"SELECT <columns> FROM users WHERE name = '".concat($name, "'")).get()`),
        weak('CWE-89', built, `["SELECT <columns> FROM users WHERE name = '", $name, "'"].join('')).get()`),
      ],
      columns: ['*', 'id, name, email'],
      get: ['get', wrong('it returns a list of all rows', 'all')],
    },
    tests: [
      `${usersTable.typescript}nodeAssert.deepEqual({ ...$f(db, 'bob') }, { id: 2, name: 'bob', email: 'bob@x.org' })`,
      `${usersTable.typescript}nodeAssert.equal($f(db, 'nobody'), null)`,
    ],
    exploits: [`${usersTable.typescript}nodeAssert.equal($f(db, "${badName}"), null)`],
  },
}
