def find_account(connection, login):
    return connection.execute('SELECT id, name, email FROM users WHERE name = ?', (login,)).fetchone()
