assert.deepEqual(filterTitles('sea', ['The SEA', 'A tree']), ['The SEA'])
assert.deepEqual(filterTitles('TREE', ['The SEA', 'A tree']), ['A tree'])
