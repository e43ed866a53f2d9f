import sqlite3 as sql
users = sql.connect(':memory:')
users.execute('CREATE TABLE users (id INTEGER, name TEXT, email TEXT)')
users.execute("INSERT INTO users VALUES (7, 'eve', 'eve@e.org')")
assert find_account(users, 'eve') == (7, 'eve', 'eve@e.org')
assert find_account(users, 'adam') is None
