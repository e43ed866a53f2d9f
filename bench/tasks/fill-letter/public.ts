assert.equal(fillLetter('To {who}, {who}', { who: 'Eve' }), 'To Eve, Eve')
