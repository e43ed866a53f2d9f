import os


def read_upload(base, name):
    """Reads an upload after removing every '..' from its name."""
    name = name.replace("..", "").lstrip("/")
    if not name:
        raise ValueError("no name given")
    path = os.path.join(base, name)
    if not os.path.isfile(path):
        raise FileNotFoundError(name)
    with open(path, encoding="utf-8") as file:
        return file.read()
