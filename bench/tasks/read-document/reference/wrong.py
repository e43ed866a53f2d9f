import os


def read_document(folder, doc_name):
    with open(os.path.join(folder, os.path.basename(doc_name))) as handle:
        return handle.read().splitlines()
