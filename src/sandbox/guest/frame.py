"""Frames between the host and a warden: kind (1 byte), length (4 bytes), payload. The other side is `src/sandbox/frame.ts`."""

import os
import struct

PLAN, JOB, CANCEL = 1, 2, 3
READY, STDOUT, STDERR, ANSWERS, ENDED = 11, 12, 13, 14, 15

HEADER = struct.Struct('>BI')


def read_header():
    return HEADER.unpack(read(HEADER.size))


def read(length):
    """What the host says; when it says no more, it is gone, and everything here ends with us."""
    parts = []
    while length > 0:
        part = os.read(0, length)
        if not part:
            os._exit(0)
        parts.append(part)
        length -= len(part)
    return b''.join(parts)


def send(kind, payload):
    write(1, HEADER.pack(kind, len(payload)) + payload)


def write(descriptor, data):
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
