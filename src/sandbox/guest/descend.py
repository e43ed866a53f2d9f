"""Started by root where a project lies in a folder that is closed to others: binds it to where they can reach it, becomes nobody, and then
what it is told to be. The bindings are seen by nobody else."""

import json
import os
import sys

import kernel


def main(told, command):
    kernel.bind_privately(told['bindings'])
    os.setgroups([])
    os.setresgid(*[told['gid']] * 3)
    os.setresuid(*[told['uid']] * 3)
    os.execv(command[0], command)


main(json.loads(sys.argv[1]), sys.argv[2:])
