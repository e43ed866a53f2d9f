"""The process that becomes a candidate: the first one of a new pid namespace, forked from a warden. Its own namespaces, limits and
filter come first; only then does it read the job."""

import fcntl
import json
import os
import resource
import sys
import types

import frame
import kernel
import work

PROGRAM = '/tmp/program'
ANSWERS, SETUP = 3, 4
_FREE = 64
DESCRIPTORS = 1024
# An empty file takes memory of the kernel's, which its size does not show.
INODES = 16384


def become(plan, warden, descriptors):
    """`descriptors`: standard input, output, error, the one for answers, and the one that says whether all this succeeded. Never returns."""
    setup = descriptors[SETUP]
    try:
        _separate(plan, warden)
        _arrange(descriptors)
        setup = SETUP
        _limit(plan)
        kernel.drop_privileges()
        kernel.install(warden.filter)
    except BaseException as error:
        os.write(setup, repr(error).encode())
        os._exit(1)
    os.write(SETUP, b'confined')
    os.close(SETUP)
    status = 1
    try:
        status = _start(plan)
    finally:
        # Whatever happens: this process never goes back to being a warden.
        os._exit(status)


def _separate(plan, warden):
    for group in warden.control_groups:
        os.write(group, b'0')
    os.setsid()
    kernel.unshare(kernel.NEWUSER | kernel.NEWNS | kernel.NEWIPC | kernel.NEWUTS | kernel.NEWNET)
    if plan['writeFiles']:
        # A test runner may serve the page that it tests.
        kernel.raise_loopback()
    map_identity(warden.processes, *warden.identity)
    _write(warden.processes, 'self/oom_score_adj', '1000')
    kernel.mount_tmpfs('/tmp', f'mode=0700,size={plan["fileBytes"]},nr_inodes={INODES}')
    if plan['command'] is not None:
        _name_executable(plan['command'][0])
    os.mkdir(PROGRAM)
    os.chdir(PROGRAM)


# Node asks here how much memory it has in use, and throws where it gets no answer: state and parent, up to the 24th field.
_STATUS = '1 (candidate) R' + ' 0' * 48


def _name_executable(path):
    """Runtimes ask /proc for their own path and size, and that is all they get there: what is true of any."""
    kernel.mount_tmpfs('/proc', 'mode=0555,size=8k')
    os.mkdir('/proc/self')
    os.symlink(path, '/proc/self/exe')
    with open('/proc/self/stat', 'w') as status:
        status.write(_STATUS)
    kernel.make_read_only('/proc')


def map_identity(processes, user, group):
    """In a new user namespace we stay who we are, and nobody else exists."""
    _write(processes, 'self/setgroups', 'deny')
    _write(processes, 'self/uid_map', f'{user} {user} 1')
    _write(processes, 'self/gid_map', f'{group} {group} 1')


def _write(processes, path, text):
    descriptor = os.open(path, os.O_WRONLY, dir_fd=processes)
    os.write(descriptor, text.encode())
    os.close(descriptor)


def _arrange(descriptors):
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, _FREE) for descriptor in descriptors]
    for target, descriptor in enumerate(high):
        os.dup2(descriptor, target)
    os.set_inheritable(SETUP, False)
    os.closerange(SETUP + 1, DESCRIPTORS)


def _limit(plan):
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: plan['totalCpuSeconds'],
        resource.RLIMIT_FSIZE: plan['fileBytes'],
        resource.RLIMIT_NPROC: plan['processes'],
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    if plan['addressBytes'] is not None:
        limits[resource.RLIMIT_AS] = plan['addressBytes']
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def _start(plan):
    if plan['command'] is None:
        job = _read_job()
        _write_files(job['files'])
        return _work(job)
    if plan['writeFiles']:
        _write_files(_read_job()['files'])
        _link_packages()
    os.execve(plan['command'][0], plan['command'], plan['environment'])


def _work(job):
    for name in ('candidate', 'frame', 'kernel', 'value', 'warden', 'work'):
        sys.modules.pop(name, None)
    sys.modules['__main__'] = types.ModuleType('__main__')
    sys.path.extend(job.get('path', ()))
    mark = job['mark']

    def report(line):
        frame.write(ANSWERS, (mark + line + '\n').encode())

    return work.work(job, report)


def _read_job():
    """The length of the job's JSON in decimal, a line feed, the JSON. What follows is left for the program."""
    digits = b''
    while not digits.endswith(b'\n'):
        digits += frame.read(1)
    return json.loads(frame.read(int(digits)))


def _link_packages():
    for name in ('node_modules', 'package.json'):
        if os.path.exists(f'/project/{name}') and not os.path.lexists(name):
            os.symlink(f'/project/{name}', name)


def _write_files(files):
    for file in files:
        os.makedirs(os.path.dirname(os.path.abspath(file['path'])), exist_ok=True)
        with open(file['path'], 'w', encoding='utf-8', errors='surrogatepass', newline='') as opened:
            opened.write(file['content'])
