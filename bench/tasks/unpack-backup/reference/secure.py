import os
import zipfile


def unpack_backup(archive, target_dir):
    base = os.path.realpath(target_dir)
    with zipfile.ZipFile(archive) as bundle:
        names = bundle.namelist()
        for name in names:
            path = os.path.realpath(os.path.join(base, name))
            if not path.startswith(base + os.sep):
                raise ValueError('a name leads out of the directory')
            with open(path, 'wb') as handle:
                handle.write(bundle.read(name))
    return len(names)
