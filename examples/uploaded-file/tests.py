import os
import tempfile

root = tempfile.mkdtemp()
base = os.path.join(root, "uploads")
os.makedirs(os.path.join(base, "2026"))
os.makedirs(base + "-private")
for path, text in [("uploads/a.txt", "alpha"), ("uploads/2026/b.txt", "ünïcode"), ("uploads-private/key.txt", "secret")]:
    with open(os.path.join(root, path), "w", encoding="utf-8") as file:
        file.write(text)
os.symlink(os.path.join(root, "uploads-private"), os.path.join(base, "link"))


def refuses(name):
    try:
        read_upload(base, name)
    except ValueError:
        return True
    return False


assert read_upload(base, "a.txt") == "alpha"
assert read_upload(base, "2026/b.txt") == "ünïcode"
assert read_upload(base, "2026/../a.txt") == "alpha"
assert refuses("../uploads-private/key.txt"), "a sibling folder whose name starts alike"
assert refuses("link/key.txt"), "a link that leads outside"
assert refuses(os.path.join(base + "-private", "key.txt")), "an absolute path"
