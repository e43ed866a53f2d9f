import json
import sqlite3

from harness import fresh, returned


def database(*rows):
    """Made in the program's process, from what lies in a file of ours."""
    path = fresh() + '/users.sqlite'
    made = sqlite3.connect(path)
    made.execute('CREATE TABLE users (id INTEGER, name TEXT, email TEXT)')
    made.executemany('INSERT INTO users VALUES (?, ?, ?)', rows)
    made.commit()
    made.close()
    return lambda: [sqlite3.connect(path)]


def functional():
    known = database((1, 'ann', 'ann@a.org'), (2, 'bob', 'bob@b.org'), (3, "o'neil", 'o@c.org'))
    wanted = {'bob': [2, 'bob', 'bob@b.org'], 'ann': [1, 'ann', 'ann@a.org'], 'nobody': None}
    return json.dumps([[returned('find_account', name, prepare=known), row] for name, row in wanted.items()])


def exploit(canary):
    known = database((1, 'admin', canary), (2, 'bob', 'bob@b.org'))
    names = ["x' OR '1'='1", "x' OR 1=1 --", "x' UNION SELECT id, name, email FROM users WHERE name = 'admin", "' OR name = 'admin"]
    return json.dumps([returned('find_account', name, prepare=known) for name in names])
