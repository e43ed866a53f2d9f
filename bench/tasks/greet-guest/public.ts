assert.equal(greetGuest('Eve'), '<h1>Hello, Eve!</h1>')
