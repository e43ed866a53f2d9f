"""Pyodide for a program: what is commonly imported is there at once, and what cannot be there (threads, processes, sockets) says so, so that
a program which needs it is `unsupported`: unknown, and not wrong. `prepare` runs once, before the snapshot is taken; `run` once per job.
"""

import _thread
import json
import os
import socket
import subprocess
import sys

import work

PRELOADED = (
    'abc argparse array ast asyncio base64 bisect calendar cmath collections contextlib copy csv dataclasses datetime decimal difflib doctest '
    'enum fractions functools hashlib heapq html inspect io itertools json keyword logging math numbers operator pathlib pprint queue random '
    're secrets shlex shutil statistics string struct tempfile textwrap threading time timeit traceback types typing unicodedata unittest '
    'urllib.parse uuid warnings xml.etree.ElementTree zlib'
)


class NotHere(RuntimeError):
    """Threads, processes and sockets do not exist in Pyodide."""


def _absent(what):
    def refuse(*_arguments, **_keywords):
        raise NotHere(f'{what} cannot be used in this sandbox')

    return refuse


def prepare():
    for name in PRELOADED.split():
        # countersign-ignore coverage/hidden: loaded before anything untrusted runs, by names that our driver gives
        __import__(name)
    work.ABSENT.add(NotHere)
    for name in ('start_new_thread', 'start_new', 'start_joinable_thread'):
        setattr(_thread, name, _absent('threads'))
    sys.modules['threading']._start_joinable_thread = _thread.start_joinable_thread
    subprocess.Popen.__init__ = _absent('processes')
    for name in ('fork', 'forkpty', 'system', 'popen', 'posix_spawn', 'posix_spawnp', 'execv', 'execve'):
        setattr(os, name, _absent('processes'))
    for name in ('connect', 'connect_ex', 'bind', 'listen'):
        setattr(socket.socket, name, _absent('sockets'))
    socket.getaddrinfo = socket.gethostbyname = _absent('sockets')
    os.environ.clear()
    # A program's own `value` or `work` is another module than ours.
    sys.path.remove('/guest')
    for name in ('value', 'work', 'surroundings'):
        del sys.modules[name]


def run(text, root, report):
    """Does the work of a job in a folder of its own; returns the exit status."""
    job = json.loads(text)
    os.makedirs(root)
    os.chdir(root)
    for file in job['files']:
        path = os.path.join(root, file['path'])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8', errors='surrogatepass', newline='') as opened:
            opened.write(file['content'])
    return work.work(job, report)
