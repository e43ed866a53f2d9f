assert.equal(loginDestination('/profile', '/welcome'), '/profile')
assert.equal(loginDestination('', '/welcome'), '/welcome')
