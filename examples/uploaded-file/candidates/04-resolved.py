from pathlib import Path


def read_upload(base, name):
    if not name:
        raise ValueError("no name given")
    root = Path(base).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise ValueError("outside the uploads folder")
    if not path.is_file():
        raise FileNotFoundError(name)
    return path.read_text(encoding="utf-8")
