import os


def read_upload(base, name):
    if name == "":
        raise ValueError("no name given")
    root = os.path.realpath(base)
    path = os.path.realpath(os.path.join(root, name))
    if os.path.commonpath([root, path]) != root:
        raise ValueError("outside the uploads folder")
    with open(path, "r", encoding="utf-8") as file:
        return file.read()
