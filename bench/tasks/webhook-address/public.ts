assert.equal(allowWebhook('https://a.example/x', ['a.example', 'b.example']), true)
assert.equal(allowWebhook('https://c.example/', ['a.example', 'b.example']), false)
assert.equal(allowWebhook('http://a.example/x', ['a.example', 'b.example']), false)
