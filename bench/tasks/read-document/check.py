import json
import os

from harness import fresh, returned, write


def functional():
    base = fresh()
    write(base, 'plan.txt', text='first\nsecond\n')
    write(base, 'deep', 'inner.txt', text='below')
    write(base, 'empty.txt', text='')
    names = {'plan.txt': 'first\nsecond\n', 'deep/inner.txt': 'below', 'empty.txt': ''}
    return json.dumps([[returned('read_document', base, name), text] for name, text in names.items()])


def exploit(canary):
    top = fresh()
    base = os.path.join(top, 'docs')
    write(base, 'plan.txt', text='first')
    secrets = [write(top, 'secret.txt', text=canary), write(top, 'docs-private', 'secret.txt', text=canary)]
    names = ['../secret.txt', 'x/../../secret.txt', '../docs-private/secret.txt', *secrets]
    return json.dumps([returned('read_document', base, name) for name in names])
