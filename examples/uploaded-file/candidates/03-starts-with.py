import os


def read_upload(base, name):
    if not name:
        raise ValueError("no name given")
    path = os.path.abspath(os.path.join(base, name))
    if not path.startswith(os.path.abspath(base)):
        raise ValueError("outside the uploads folder")
    with open(path, encoding="utf-8") as file:
        return file.read()
