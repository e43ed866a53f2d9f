"""Tries to break out (see `../proof.ts`): runs as a candidate does, and returns what it got hold of. Each function tries every way it
knows; an error only says that this way is closed."""

import ctypes
import os
import socket
import subprocess
import sys
import time


def attempts(*ways):
    got = []
    for way in ways:
        try:
            got.append(str(way()))
        except BaseException as error:
            got.append(f'{type(error).__name__}: {error}'[:100])
    return '\n'.join(got)


def read(path):
    with open(path, encoding='utf-8', errors='replace') as file:
        return file.read()


def write(path):
    with open(path, 'w') as file:
        file.write('x')


def in_javascript(code):
    """Pyodide lives in a JavaScript runtime; elsewhere there is no such module."""
    import pyodide.code

    return pyodide.code.run_js(code)


def begin(word):
    """Does nothing that is forbidden: what it returns shows that the program ran at all."""
    return word


def readSecret(target):
    secret = target['secret']
    return attempts(
        lambda: read(secret),
        lambda: os.listdir(os.path.dirname(secret)),
        lambda: in_javascript(f'Deno.readTextFileSync({secret!r})'),
        lambda: in_javascript(f'process.getBuiltinModule("fs").readFileSync({secret!r}, "utf8")'),
        lambda: mount(secret),
    )


def mount(secret):
    import pyodide_js

    pyodide_js.mountNodeFS('/outside', os.path.dirname(secret))
    return read('/outside/' + os.path.basename(secret))


def writeOutside(target):
    written = target['written']
    return attempts(
        lambda: write(written),
        lambda: os.mkdir(written),
        lambda: os.symlink('/', written),
        lambda: in_javascript(f'Deno.writeTextFileSync({written!r}, "x")'),
        lambda: in_javascript(f'process.getBuiltinModule("fs").writeFileSync({written!r}, "x")'),
    )


def connect(target):
    host, port = target['host'], target['port']

    def by_socket():
        with socket.socket() as opened:
            opened.settimeout(1)
            opened.connect((host, port))

    return attempts(
        by_socket,
        lambda: socket._socket.socket.connect(socket.socket(), (host, port)),
        lambda: in_javascript(f'Deno.connect({{hostname: {host!r}, port: {port}}}); fetch("http://{host}:{port}/"); new WebSocket("ws://{host}:{port}/")'),
    )


def runProgram(target):
    program, marker = target['program'], target['marker']
    code = f'require("node:fs").writeFileSync("{marker}", "x")'
    return attempts(
        lambda: subprocess.run([program, '-e', code], check=True),
        lambda: os.system(f'echo x > {marker}'),
        lambda: os.posix_spawn('/bin/sh', ['sh', '-c', f'echo x > {marker}'], {}),
        lambda: in_javascript(f'new Deno.Command("/bin/sh", {{args: ["-c", "echo x > {marker}"]}}).outputSync()'),
        lambda: by_library(f'echo x > {marker}'),
    )


def by_library(command):
    if sys.platform != 'emscripten':
        ctypes.CDLL(None).system(command.encode())


def readEnvironment(target):
    return attempts(
        lambda: dict(os.environ),
        lambda: read('/proc/self/environ'),
        lambda: read(f'/proc/{os.getppid()}/environ'),
        lambda: in_javascript('JSON.stringify(Deno.env.toObject())'),
    )


def signalOthers(target):
    decoy = target['decoy']
    return attempts(
        lambda: os.kill(decoy, 9),
        lambda: in_javascript(f'Deno.kill({decoy}, "SIGKILL")'),
    )


def seeOthers(target):
    decoy = target['decoy']
    return attempts(
        lambda: read(f'/proc/{decoy}/cmdline'),
        lambda: subprocess.check_output(['/bin/ps', '-o', 'args=', '-p', str(decoy)]),
        lambda: in_javascript(f'Deno.readTextFileSync("/proc/{decoy}/cmdline")'),
    )


def makeNamespace(target):
    return attempts(
        lambda: unshare(),
        lambda: subprocess.run(['/usr/bin/unshare', '--user', 'true'], check=True) and 'namespace made',
    )


def unshare():
    library = ctypes.CDLL(None, use_errno=True)
    new_user_namespace = 0x10000000
    if library.unshare(new_user_namespace) != 0:
        raise OSError(ctypes.get_errno(), 'unshare')
    return 'namespace made'


def places(word):
    return [f'{folder}/{word}' for folder in ('.', '/tmp', '/dev/shm', '/var/tmp', '/dev', '/run', '/guest')]


def findLeftovers(target):
    word = target['word']

    def look(path):
        return f'left behind: {path} {os.stat(path)}'

    def by_socket():
        with socket.socket(socket.AF_UNIX) as opened:
            opened.connect(f'\0{word}')
        return 'left behind: a socket'

    return attempts(*(lambda path=path: look(path) for path in places(word)), by_socket)


def leaveBehind(target):
    word = target['word']
    return attempts(*(lambda path=path: write(path) for path in places(word)), lambda: listen_for_ever(word))


def listen_for_ever(word):
    opened = socket.socket(socket.AF_UNIX)
    opened.bind(f'\0{word}')
    opened.listen()
    if os.fork() == 0:
        os.setsid()
        while True:
            time.sleep(60)
