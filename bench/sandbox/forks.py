"""The baseline: a bare fork for each program, two at a time, with nothing between a program and the next but the fork.

Reads a JSON list of programs from standard input and prints how many of them ended well. Itself it is run in the sandbox, once.
"""

import json
import os
import resource
import sys

CPU_SECONDS = 3
AT_ONCE = 2


def start(program):
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        silence = os.open('/dev/null', os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        try:
            exec(compile(program, 'main.py', 'exec'), {'__name__': 'main'})
            os._exit(0)
        except BaseException:
            os._exit(1)
    return child


def main():
    waiting, running, well = json.load(sys.stdin), 0, 0
    while waiting or running:
        while waiting and running < AT_ONCE:
            start(waiting.pop())
            running += 1
        _, status = os.wait()
        running -= 1
        well += status == 0
    print(well)


main()
