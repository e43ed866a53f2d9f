import os as system, tempfile as temporary
place = temporary.mkdtemp()
assert save_picture(place, 'tree.png', b'green') == 'tree.png'
assert open(system.path.join(place, 'tree.png'), 'rb').read() == b'green'
