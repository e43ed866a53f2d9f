import os


def read_document(folder, doc_name):
    base = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(base, doc_name))
    if os.path.commonpath([base, path]) != base:
        raise ValueError('no such document')
    with open(path) as handle:
        return handle.read()
