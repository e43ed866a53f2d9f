import os as system, tempfile as temporary, zipfile as zipped
top = temporary.mkdtemp()
system.mkdir(system.path.join(top, 'to'))
with zipped.ZipFile(system.path.join(top, 'b.zip'), 'w') as made:
    made.writestr('x.txt', 'ten')
    made.writestr('y.txt', 'six')
assert [unpack_backup(system.path.join(top, 'b.zip'), system.path.join(top, 'to')), open(system.path.join(top, 'to', 'y.txt')).read()] == [2, 'six']
