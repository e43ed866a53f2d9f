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


inside = {"a.txt": "alpha", "2026/b.txt": "ünïcode", "2026/../a.txt": "alpha"}
assert {name: read_upload(base, name) for name in inside} == inside

# A sibling folder whose name starts alike, a link that leads outside, an absolute path.
outside = ["../uploads-private/key.txt", "link/key.txt", os.path.join(base + "-private", "key.txt")]
assert [name for name in outside if not refuses(name)] == []
