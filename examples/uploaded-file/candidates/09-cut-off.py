from pathlib import Path


def read_upload(base, name):
    root = Path(base).resolve()
    path = (root / name).resolve(
