"""Plain data as it crosses the border (`src/records/value.ts`): the Python side.

Encoding looks at exact types only. A subclass could lie about itself (`__eq__`, `__iter__`, `__len__`), so anything that is not
exactly a type of ours is `opaque`, and no method of a candidate's object is ever called.
"""

import base64
import collections
import json
import sys

DEPTH = 100
SAFE_INTEGER = 2**53 - 1
NAME_LENGTH = 200

# Exact types that equal a dict with the same entries in Python itself.
_MAPS = frozenset((dict, collections.OrderedDict, collections.defaultdict, collections.Counter))

# Bound now, so that what a candidate puts in their place later is not ours.
_type_name = type.__dict__['__name__'].__get__
_to_json = json.JSONEncoder(separators=(',', ':')).encode
_set_int_digits = getattr(sys, 'set_int_max_str_digits', lambda limit: None)
_get_int_digits = getattr(sys, 'get_int_max_str_digits', lambda: 0)


class TooLarge(Exception):
    """The value would not fit under the output limit."""


class NotPlain(Exception):
    """The job holds a value that Python has not (`undefined`, `opaque`)."""


def cut(text):
    """A plain `str` of bounded length, whatever subclass of `str` it was."""
    return str.__getitem__(text, slice(0, NAME_LENGTH)) if str.__len__(text) > NAME_LENGTH else str.__str__(text) + ''


def type_name(value):
    """The name of the exact type, whatever a metaclass says."""
    return cut(_type_name(type(value)))


def decode(value):
    """A fresh Python object for a `Value`."""
    if type(value) is list:
        return [decode(item) for item in value]
    if type(value) is not dict:
        return value
    tag, held = value['$'], value.get('v')
    if tag == 'int':
        return _whole_digits(int, held)
    if tag == 'float':
        return float(held)
    if tag == 'bytes':
        return base64.b64decode(held)
    if tag == 'tuple':
        return tuple(decode(item) for item in held)
    if tag == 'set':
        return {_hashable(decode(item)) for item in held}
    if tag == 'map':
        return {_hashable(decode(key)): decode(item) for key, item in held}
    raise NotPlain(tag)


def encode(value, limit):
    """The `Value` of a Python object; `TooLarge` when it needs more than about `limit` bytes."""
    return _whole_digits(_Encoder(limit).encode, value)


class _Encoder:
    def __init__(self, limit):
        self.left = limit
        self.path = set()

    def encode(self, value):
        kind = type(value)
        self._spend(2)
        if value is None or kind is bool:
            return value
        if kind is int:
            self._spend(int.bit_length(value) // 4)
            return value if -SAFE_INTEGER <= value <= SAFE_INTEGER else {'$': 'int', 'v': str(value)}
        if kind is float:
            return {'$': 'float', 'v': repr(value)}
        if kind is str:
            self._spend(len(value))
            return value
        if kind is bytes:
            self._spend(len(value))
            return {'$': 'bytes', 'v': base64.b64encode(value).decode('ascii')}
        return self._container(value, kind)

    def _container(self, value, kind):
        # A cycle, or nesting that no reader should have to follow, is not plain data.
        if id(value) in self.path or len(self.path) >= DEPTH:
            return {'$': 'opaque', 'v': type_name(value)}
        self.path.add(id(value))
        try:
            if kind is list:
                return [self.encode(item) for item in value]
            if kind is tuple:
                return {'$': 'tuple', 'v': [self.encode(item) for item in value]}
            if kind is set or kind is frozenset:
                # Equal sets are written equally: their own order follows hashes.
                return {'$': 'set', 'v': sorted((self.encode(item) for item in value), key=_to_json)}
            if kind in _MAPS:
                return {'$': 'map', 'v': [[self.encode(key), self.encode(item)] for key, item in dict.items(value)]}
            return {'$': 'opaque', 'v': type_name(value)}
        finally:
            self.path.discard(id(value))

    def _spend(self, size):
        self.left -= size
        if self.left < 0:
            raise TooLarge


def _hashable(value):
    return frozenset(value) if type(value) is set else value


def _whole_digits(convert, value):
    """Python refuses to print integers of more than 4,300 digits; the output and CPU limits already bound that here."""
    digits = _get_int_digits()
    _set_int_digits(0)
    try:
        return convert(value)
    finally:
        _set_int_digits(digits)
