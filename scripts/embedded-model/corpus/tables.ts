/** What checks of families that read or change a table of users begin with. */
export const usersTable = {
  python: `import sqlite3
db = sqlite3.connect(':memory:')
db.execute('CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)')
db.executemany('INSERT INTO users VALUES (?, ?, ?)', [(1, 'ann', 'ann@x.org'), (2, 'bob', 'bob@x.org'), (3, 'cleo', 'cleo@x.org')])
`,
  typescript: `const { DatabaseSync } = await import('node:sqlite')
const db = new DatabaseSync(':memory:')
db.exec('CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)')
db.exec("INSERT INTO users VALUES (1, 'ann', 'ann@x.org'), (2, 'bob', 'bob@x.org'), (3, 'cleo', 'cleo@x.org')")
`,
}

/** The same for a table of goods. */
export const itemsTable = {
  python: `import sqlite3
db = sqlite3.connect(':memory:')
db.execute('CREATE TABLE items (name TEXT, price INTEGER)')
db.executemany('INSERT INTO items VALUES (?, ?)', [('red pen', 3), ('desk', 90), ('blue pen', 2), ('apple', 5)])
`,
  typescript: `const { DatabaseSync } = await import('node:sqlite')
const db = new DatabaseSync(':memory:')
db.exec('CREATE TABLE items (name TEXT, price INTEGER)')
db.exec("INSERT INTO items VALUES ('red pen', 3), ('desk', 90), ('blue pen', 2), ('apple', 5)")
`,
}
