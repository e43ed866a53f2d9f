import os as system, tempfile as temporary
base = temporary.mkdtemp()
open(system.path.join(base, 'list.txt'), 'w').write('milk\nbread\n')
assert read_document(base, 'list.txt') == 'milk\nbread\n'
