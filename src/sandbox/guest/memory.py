"""Memory of a candidate where no control group counts it: the resident pages of everything that descends from the warden."""

import os

_PAGE = os.sysconf('SC_PAGE_SIZE')


def used(processes):
    """`processes`: a descriptor of /proc. Bytes; pages that processes share count once for each."""
    resident, children = {}, {}
    for name in os.listdir(processes):
        if name.isdigit():
            parent, pages = _read(processes, name)
            resident[name] = pages
            children.setdefault(parent, []).append(name)
    total, waiting = 0, list(children.get(os.readlink('self', dir_fd=processes), ()))
    while waiting:
        name = waiting.pop()
        total += resident[name]
        waiting.extend(children.get(name, ()))
    return total * _PAGE


def _read(processes, name):
    try:
        descriptor = os.open(name + '/stat', os.O_RDONLY, dir_fd=processes)
    except OSError:
        return None, 0
    try:
        # The second field is the program's name in parentheses, and may hold anything.
        fields = os.read(descriptor, 4096).rpartition(b') ')[2].split()
        return fields[1].decode(), int(fields[21])
    except (OSError, IndexError):
        return None, 0
    finally:
        os.close(descriptor)
