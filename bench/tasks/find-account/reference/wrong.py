def find_account(connection, login):
    return connection.execute('SELECT * FROM users WHERE name = ?', (login,)).fetchall()
