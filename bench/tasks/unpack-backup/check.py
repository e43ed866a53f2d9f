import json
import os
import zipfile

from harness import below, fresh, returned


def packed(files):
    path = os.path.join(fresh(), 'backup.zip')
    with zipfile.ZipFile(path, 'w') as made:
        for name, text in files.items():
            made.writestr(name, text)
    return path


def functional():
    cases = []
    for files in [{'a.txt': 'one'}, {'a.txt': 'one', 'b.txt': 'two', 'c.txt': ''}]:
        target = os.path.join(fresh(), 'out')
        os.mkdir(target)
        cases += [[returned('unpack_backup', packed(files), target), len(files)], [below(target), files]]
    return json.dumps(cases)


def exploit(canary):
    seen = []
    for name in ['../evil.txt', '../out-side/evil.txt', 'x/../../evil.txt']:
        top = fresh()
        for folder in ['out', 'out-side']:
            os.mkdir(os.path.join(top, folder))
        returned('unpack_backup', packed({'a.txt': 'one', name: canary}), os.path.join(top, 'out'))
        seen.append({path: text for path, text in below(top).items() if not path.startswith('out/')})
    return json.dumps(seen)
