import os


def read_upload(base, name):
    path = os.path.realpath(os.path.join(base, name))
    while not os.path.isfile(path):
        path = os.path.realpath(os.path.join(base, name))
    with open(path, encoding="utf-8") as file:
        return file.read()
