import zipfile


def unpack_backup(archive, target_dir):
    with zipfile.ZipFile(archive) as bundle:
        bundle.extractall(target_dir)
        return bundle.namelist()
