import os as system, tempfile as temporary
place = temporary.mkdtemp()
assert [save_picture(place, 'tree.png', b'green'), open(system.path.join(place, 'tree.png'), 'rb').read()] == ['tree.png', b'green']
