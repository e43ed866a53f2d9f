from pathlib import Path


def read_upload(base, name):
    if not name:
        raise ValueError("no name given")
    root = Path(base).resolve()
    path = (root / name).resolve()
    if root not in path.parents:
        raise ValueError("outside the uploads folder")
    return path.read_bytes()
