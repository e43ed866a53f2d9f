def find_account(connection, login):
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % login)
    return cursor.fetchone()
