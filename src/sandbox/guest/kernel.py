"""The few system calls that Python does not offer."""

import ctypes
import fcntl
import os
import sys

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000

_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _RECURSIVE, _PRIVATE = 1, 2, 4, 8, 32, 1 << 12, 1 << 14, 1 << 18
_SET_SECCOMP, _CAPBSET_DROP, _SET_NO_NEW_PRIVS = 22, 24, 38
_FILTER = 2
_INET, _DATAGRAM, _SET_INTERFACE_FLAGS, _UP = 2, 2, 0x8914, 1
_CAPABILITY_VERSION_3, _CAPABILITIES = 0x20080522, 64

_libc = ctypes.CDLL(None, use_errno=True)


class Filter(ctypes.Structure):
    """`struct sock_fprog` over the bytes of `struct sock_filter`s."""

    _fields_ = [('length', ctypes.c_ushort), ('instructions', ctypes.c_char_p)]

    def __init__(self, instructions):
        super().__init__(len(instructions) // 8, instructions)


def unshare(flags):
    _checked(_libc.unshare(flags))


def enter(namespace, kind):
    _checked(_libc.setns(namespace, kind))


def bind_privately(bindings):
    """Binds paths to others for this process and its children alone."""
    unshare(NEWNS)
    _checked(_libc.mount(b'none', b'/', None, _RECURSIVE | _PRIVATE, None))
    for source, target in bindings:
        _checked(_libc.mount(os.fsencode(source), os.fsencode(target), None, _BIND | _RECURSIVE, None))


def mount_tmpfs(path, options):
    _checked(_libc.mount(b'tmpfs', path.encode(), b'tmpfs', _NOSUID | _NODEV, options.encode()))


def make_read_only(path):
    _checked(_libc.mount(b'none', path.encode(), None, _REMOUNT | _RDONLY | _NOSUID | _NODEV, None))


def hide(path):
    _checked(_libc.mount(b'none', path.encode(), b'tmpfs', _RDONLY | _NOSUID | _NODEV | _NOEXEC, b'nr_inodes=1'))


def raise_loopback():
    """A new network namespace has one interface, which reaches nothing but itself, and it is down."""
    descriptor = _libc.socket(_INET, _DATAGRAM, 0)
    try:
        fcntl.ioctl(descriptor, _SET_INTERFACE_FLAGS, b'lo'.ljust(16, b'\0') + _UP.to_bytes(2, sys.byteorder) + bytes(14))
    finally:
        os.close(descriptor)


def drop_privileges():
    """No capability now, none by any later `exec`, and none by a set-user-id file."""
    for capability in range(_CAPABILITIES):
        if _prctl(_CAPBSET_DROP, capability) != 0:
            break
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _checked(_libc.capset(header, (ctypes.c_uint32 * 6)()))
    _checked(_prctl(_SET_NO_NEW_PRIVS, 1))


def install(program):
    _checked(_prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(program)))


def _prctl(option, *arguments):
    padded = (*arguments, 0, 0, 0, 0)[:4]
    return _libc.prctl(ctypes.c_int(option), *(ctypes.c_ulong(argument) for argument in padded))


def _checked(result):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
