import os


def read_upload(base, name):
    if not name:
        raise ValueError("no name given")
    with open(os.path.join(base, name), encoding="utf-8") as file:
        return file.read()
