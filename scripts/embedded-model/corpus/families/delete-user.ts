import type { Family } from '../family.ts'
import { weak, wrong } from '../grammar.ts'
import { usersTable } from '../tables.ts'

const built = 'the name becomes a part of the SQL statement'
const badName = "x' OR '1'='1"

export const deleteUser: Family = {
  name: 'delete-user',
  cwe: 'CWE-89',
  verbs: ['delete', 'remove', 'drop', 'erase'],
  nouns: ['user', 'account', 'member', 'user_row', 'customer', 'user_by_name'],
  parameters: { db: ['db', 'conn', 'connection', 'database', 'con'], name: ['name', 'username', 'user_name', 'login', 'who'] },
  phrases: [
    '[deletes/delete] the rows of the table users whose name is $name and [returns/return] how many there were',
    '[removes/remove] the user named $name from the table users of $db and [returns/return] the number of deleted rows',
    '[deletes/delete] the user $name in the database $db and [gives/give] the count of rows that are gone',
    '[deletes/delete] from users where the column name equals $name; the result is the number of deleted rows',
    '[erases/erase] the record of $name from the users table and [tells/tell] how many rows that were',
    '[takes/take] the user $name out of the table users and [returns/return] the number of rows removed',
    '[takes/take] $name out of the users table of $db and [says/say] how many rows were deleted',
    '[clears/clear] the table users of the user $name and [returns/return] the number of rows it removed',
    '[deletes/delete] every user called $name and [counts/count] the deleted rows',
    '[gets/get] rid of the user $name in users and [returns/return] how many rows were dropped',
    '[removes/remove] from $db all rows of users with the name $name, the result is their number',
    '[drops/drop] every row of users with the name $name and [returns/return] how many rows it dropped',
    '[clears/clear] the users table of $db of the user called $name and [counts/count] the rows it deleted',
  ],
  careful: [', safe against SQL injection', '; $name may hold anything and must never change the statement', ' with a parameterised statement', ', with $name bound as a parameter'],
  python: {
    grammar: {
      program: ['<sig>\n    <doc>\n    <body>'],
      sig: ['def $f($db, $name):', 'def $f($db: sqlite3.Connection, $name: str) -> int:'],
      body: [
        '$cursor = $db.execute(<statement>)\n$db.commit()\nreturn <count>',
        '$cursor = $db.cursor()\n$cursor.execute(<statement>)\n$db.commit()\nreturn <count>',
        'with $db:\n    $cursor = $db.execute(<statement>)\nreturn <count>',
        '$count = $db.execute(<statement>).rowcount\n$db.commit()\nreturn <counted>',
        '$sql = \'DELETE FROM users WHERE name <is> ?\'\n$cursor = $db.execute($sql, ($name,))\n$db.commit()\nreturn <count>',
        'with $db:\n    return $db.execute(<statement>).rowcount',
      ],
      statement: [
        "'DELETE FROM users WHERE name <is> ?', ($name,)",
        "'DELETE FROM users WHERE name <is> :name', {'name': $name}",
        weak('CWE-89', built, `f"DELETE FROM users WHERE name <is> '{$name}'"`),
        weak('CWE-89', built, `"DELETE FROM users WHERE name <is> '" + $name + "'"`),
        weak('CWE-89', built, `"DELETE FROM users WHERE name <is> '%s'" % $name`),
        weak('CWE-89', built, `"DELETE FROM users WHERE name <is> '{}'".format($name)`),
      ],
      is: ['='],
      count: ['$cursor.rowcount', wrong('it tells whether and not how many', '$cursor.rowcount > 0'), wrong('no row comes back from a deletion', 'len($cursor.fetchall())')],
      counted: ['$count', wrong('it returns nothing', 'None')],
    },
    tests: [
      `${usersTable.python}db.execute("INSERT INTO users VALUES (4, 'bob', 'b2@x.org')")\nassert repr($f(db, 'bob')) == '2'`,
      `${usersTable.python}$f(db, 'ann')\nassert [row[0] for row in db.execute('SELECT id FROM users')] == [2, 3]`,
      `${usersTable.python}assert repr($f(db, 'nobody')) == '0'`,
    ],
    exploits: [`${usersTable.python}try:\n    $f(db, "${badName}")\nexcept Exception:\n    pass\nassert db.execute('SELECT COUNT(*) FROM users').fetchone()[0] == 3`],
  },
  typescript: {
    grammar: {
      program: ['export function $f($db: any, $name: string)<type> {\n  <doc>\n  <body>\n}'],
      type: ['', ': number'],
      body: [
        'const $out = $db.prepare(<statement>\nreturn <count>',
        'return $db.prepare(<statement>.<field>',
        'const { <field> } = $db.prepare(<statement>\nreturn <field_again>',
        "const $sql = $db.prepare('DELETE FROM users WHERE name <is> ?')\nconst $out = $sql.run($name)\nreturn <count>",
      ],
      statement: [
        "'DELETE FROM users WHERE name <is> ?').run($name)",
        "'DELETE FROM users WHERE name <is> :name').run({ name: $name })",
        weak('CWE-89', built, "`DELETE FROM users WHERE name <is> '${$name}'`).run()"),
        weak('CWE-89', built, `"DELETE FROM users WHERE name <is> '" + $name + "'").run()`),
        weak('CWE-89', built, `"DELETE FROM users WHERE name <is> '".concat($name, "'")).run()`),
      ],
      is: ['='],
      field: ['changes'],
      field_again: ['changes', 'Number(changes)', wrong('it tells whether and not how many', 'changes > 0')],
      count: ['$out.changes', 'Number($out.changes)', wrong('it tells whether and not how many', '$out.changes > 0'), wrong('that is the last row that was added', '$out.lastInsertRowid')],
    },
    tests: [
      `${usersTable.typescript}db.exec("INSERT INTO users VALUES (4, 'bob', 'b2@x.org')")\nnodeAssert.equal($f(db, 'bob'), 2)`,
      `${usersTable.typescript}$f(db, 'ann')\nnodeAssert.deepEqual(db.prepare('SELECT id FROM users').all().map((row: any) => row.id), [2, 3])`,
      `${usersTable.typescript}nodeAssert.equal($f(db, 'nobody'), 0)`,
    ],
    exploits: [
      `${usersTable.typescript}try {\n  $f(db, "${badName}")\n} catch {}\nnodeAssert.equal(db.prepare('SELECT COUNT(*) AS n FROM users').get().n, 3)`,
    ],
  },
}
