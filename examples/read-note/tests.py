import os
import tempfile

base = tempfile.mkdtemp()
os.mkdir(os.path.join(base, "2026"))
for path, text in [("a.txt", "one\ntwo\n"), ("2026/b.txt", "deep")]:
    with open(os.path.join(base, path), "w") as file:
        file.write(text)

assert read_note(base, "a.txt") == "one\ntwo\n"
assert read_note(base, "2026/b.txt") == "deep"
