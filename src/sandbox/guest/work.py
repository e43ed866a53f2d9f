"""Does one job's work inside a sandbox and reports each observation as it is made.

Used by the bubblewrap driver's warden and, in Pyodide, by the deno driver. The caller started Python with `PYTHONHASHSEED=0` (the
order of sets is behaviour), has put the job's files into the current folder and the script's standard input on descriptor 0, and
gives `report`, a function that writes one line to a descriptor of its own:

    {"kind": "loaded"}                                           the program is loaded; calls follow
    {"kind": "observed", "index": 3, "observation": {...}}       an `Observation` of `src/records/execution.ts`
    {"kind": "ended", "outcome": "completed", "exitCode": 0}     a `RunOutcome`, with `error` where one was raised

A process that dies without `ended` died in what comes next after its last line; who saw it die says how, and starts another one
with `first` behind that call. Nothing that comes after `ended` counts.
"""

import atexit
import importlib.util
import json
import os
import sys
import threading
import traceback
import types

from value import NotPlain, TooLarge, cut, decode, encode, type_name

# Bound now, so that what a candidate puts in their place later is not ours.
_to_json = json.JSONEncoder(separators=(',', ':')).encode
_str, _compile, _exec, _getattr = str, compile, exec, getattr

# The exact types of errors by which a driver refuses what it has not: unknown, and not the program's failure.
ABSENT = set()


def work(job, report):
    """`job`: `{files, work, outputBytes, first?}` as in `src/ports.ts`. Returns the exit status the process should end with."""
    files, task = job['files'], job['work']
    kind, main = task['kind'], files[0]
    sys.path.insert(0, os.getcwd())
    sys.argv = [main['path'], *task.get('arguments', ())]
    module = _module(main['path'], '__main__' if kind == 'script' else None)
    sources = [(main['content'], main['path'])]
    if kind == 'in-process':
        # Compiled apart from the program, so that an open string or block at its end cannot swallow the test.
        sources.append((task['code'], '<test>'))

    def ended(bad=None, status=0):
        end = bad or {'kind': 'completed'}
        line = {'kind': 'ended', 'outcome': end['kind'], 'exitCode': status}
        if 'error' in end:
            line['error'] = end['error']
        report(_to_json(line))
        return status

    try:
        codes = [_compile(source, path, 'exec', dont_inherit=True) for source, path in sources]
        for code in codes:
            # countersign-ignore python/code-injection: untrusted programs are what this runs, inside of the sandbox
            _exec(code, module.__dict__)
        if kind == 'script':
            threading._shutdown()
            atexit._run_exitfuncs()
        _flush()
    except BaseException as error:
        return ended(*_ending(error, kind))
    if kind == 'calls':
        report(_to_json({'kind': 'loaded'}))
        for index in range(job.get('first', 0), len(task['calls'])):
            observation = _observe(module.__dict__, task['calls'][index], job)
            report(_to_json({'kind': 'observed', 'index': index, 'observation': observation}))
        _flush()
    return ended()


def _observe(namespace, call, job):
    try:
        # Fresh arguments each time: what an earlier call did to its own must not reach this one.
        steps = [(step['name'], *_arguments(step)) for step in call['steps']]
    except NotPlain:
        return {'kind': 'unsupported'}
    try:
        return {'kind': 'returned', 'value': encode(_follow(namespace, steps), job['outputBytes'])}
    except BaseException as error:
        return _bad(error)


def _follow(namespace, steps):
    value = None
    for position, (name, arguments, keywords) in enumerate(steps):
        if position > 0:
            value = _getattr(value, name)
        elif name in namespace:
            value = namespace[name]
        else:
            raise NameError(f'name {name!r} is not defined')
        if arguments is not None:
            value = value(*arguments, **keywords)
    return value


def _arguments(step):
    if 'arguments' not in step and 'keywords' not in step:
        return None, None
    return decode(step.get('arguments', [])), {name: decode(value) for name, value in step.get('keywords', {}).items()}


def _bad(error):
    """The observation (and, but for `exitCode`, the outcome) that an error stands for."""
    # The exact type's ancestors: `isinstance` would ask the object itself.
    kind = type(error)
    if kind is TooLarge:
        return {'kind': 'output-limit'}
    if issubclass(kind, SystemExit):
        return {'kind': 'exited'}
    if issubclass(kind, MemoryError):
        return {'kind': 'out-of-memory'}
    if kind in ABSENT or (issubclass(kind, ModuleNotFoundError) and _is_absent(error)):
        return {'kind': 'unsupported'}
    return {'kind': 'raised', 'error': {'type': type_name(error), 'message': _message(error)}}


def _ending(error, kind):
    """How a program ended by an error, and its exit status. A script may end itself: that is how scripts set their status."""
    bad, status = _bad(error), 1
    if bad['kind'] == 'unsupported':
        # What is missing is for people to read.
        bad['error'] = {'type': type_name(error), 'message': _message(error)}
    if bad['kind'] == 'exited':
        status = _status(error)
        if kind == 'script':
            bad = {'kind': 'completed'}
    elif kind == 'script':
        _quietly(lambda: traceback.print_exception(error))
    if kind == 'script':
        _quietly(atexit._run_exitfuncs)
    _quietly(_flush)
    return bad, status


def _status(error):
    code = BaseException.__getattribute__(error, 'code')
    if code is None:
        return 0
    if type(code) is int:
        return code & 0xFF
    _quietly(lambda: print(code, file=sys.stderr))
    return 1


def _is_absent(error):
    """True when the module itself is not there. A name missing from a module that is there is the program's mistake."""
    try:
        return importlib.util.find_spec(error.name.partition('.')[0]) is None
    except BaseException:
        return False


def _message(error):
    try:
        return cut(_str(error))
    except BaseException:
        return ''


def _module(path, name):
    module = types.ModuleType(name or os.path.splitext(os.path.basename(path))[0])
    module.__file__ = os.path.abspath(path)
    sys.modules[module.__name__] = module
    return module


def _flush():
    sys.stdout.flush()
    sys.stderr.flush()


def _quietly(action):
    try:
        action()
    except BaseException:
        pass
