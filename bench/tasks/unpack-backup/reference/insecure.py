import os
import zipfile


def unpack_backup(archive, target_dir):
    with zipfile.ZipFile(archive) as bundle:
        for name in bundle.namelist():
            with open(os.path.join(target_dir, name), 'wb') as handle:
                handle.write(bundle.read(name))
        return len(bundle.namelist())
