"""Relays what one candidate says, holds it to its limits, and sees it die. It never looks at what it relays."""

import errno
import os
import select
import signal
import time

import frame
import memory


class Keeper:
    def __init__(self, plan, warden, child):
        self.plan, self.warden, self.child = plan, warden, child
        self.poll = select.poll()
        self.left = plan['outputBytes']
        self.reason = self.ended = None
        self.clock = (~child << 3) | 2  # what clock_getcpuclockid(3) gives
        self.began = 0
        self.deadline = time.monotonic() + plan['wallMs'] / 1000

    def keep(self, stdin, stdout, stderr, answers, job):
        """Returns the wait status and usage of a candidate that is dead with all it has started, when all it said is relayed."""
        self.kinds = {stdout: frame.STDOUT, stderr: frame.STDERR, answers: frame.ANSWERS}
        self.answers = answers
        self.feed = Feed(stdin, job)
        process = os.pidfd_open(self.child)
        for descriptor in (0, process, *self.kinds):
            self.poll.register(descriptor, select.POLLIN)
        self.poll.register(stdin, select.POLLOUT)
        while self.ended is None or self.kinds:
            for descriptor, _ in self.poll.poll(self._wait() if self.ended is None else None):
                if descriptor == process:
                    self.poll.unregister(process)
                    os.close(process)
                    # Its namespace ends with it: after this, nothing it has started is left.
                    _, status, usage = os.wait4(self.child, 0)
                    self.ended = status, usage
                elif descriptor == 0:
                    self._listen()
                elif descriptor == stdin:
                    if not self.feed.more():
                        self.poll.unregister(stdin)
                        self.feed.close()
                else:
                    self._relay(descriptor)
        self.feed.close()
        return self.ended

    def kill(self, reason):
        """The first reason counts, and one that is found among a dead program's last words as well."""
        self.reason = self.reason or reason
        if self.ended is None:
            os.kill(self.child, signal.SIGKILL)

    def _wait(self):
        """Milliseconds in which no limit can be reached; kills when one is. CPU time passes no faster than the clock."""
        if self.reason is not None:
            return None
        wall, cpu = self.deadline - time.monotonic(), self.plan['cpuMs'] / 1000 - (self._cpu() - self.began)
        if cpu <= 0:
            self.kill('cpu')
        elif wall <= 0:
            self.kill('wall')
        elif self.plan['watchMemory'] and memory.used(self.warden.processes) > self.plan['memoryBytes']:
            self.kill('memory')
        else:
            return min(wall, cpu, 0.02 if self.plan['watchMemory'] else wall) * 1000 + 1
        return None

    def _cpu(self):
        try:
            return time.clock_gettime(self.clock)
        except OSError as error:
            if error.errno == errno.EINVAL:  # it is dead, and will be waited for next
                return self.began
            raise

    def _listen(self):
        kind, length = frame.read_header()
        frame.read(length)
        if kind == frame.CANCEL:
            self.kill('cancelled')

    def _relay(self, descriptor):
        view, size = self.warden.view, frame.HEADER.size
        count = os.readv(descriptor, [view[size:]])
        if count == 0:
            self.poll.unregister(descriptor)
            os.close(descriptor)
            del self.kinds[descriptor]
            return
        allowed = max(0, min(count, self.left))
        self.left -= count
        if allowed > 0:
            frame.HEADER.pack_into(view, 0, self.kinds[descriptor], allowed)
            frame.write(1, view[: size + allowed])
        if self.left < 0:
            self.kill('output')
        if descriptor == self.answers:
            # Each answer ends a call: the next one has its own CPU time.
            self.began = self._cpu()


class Feed:
    """The job, on its way into a candidate's standard input."""

    def __init__(self, stdin, job):
        self.stdin, self.job, self.sent, self.open = stdin, job, 0, True
        os.set_blocking(stdin, False)

    def more(self):
        try:
            count = os.sendfile(self.stdin, self.job, self.sent, 65536)
        except BlockingIOError:
            return True
        except BrokenPipeError:
            return False
        self.sent += count
        return count > 0

    def close(self):
        if self.open:
            os.close(self.stdin)
            self.open = False
