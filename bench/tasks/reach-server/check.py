import json
import os
import re
import shlex
import subprocess

from harness import below, fresh, returned

# The sandbox holds neither a shell nor ping. These stand in for them in the program's process, and do what those would: a shell runs every command of its line.


def stand_in(folder):
    def command(words):
        if words[:1] == ['touch'] and len(words) == 2:
            open(os.path.join(folder, os.path.basename(words[1])), 'w').close()
            return 0
        if words[:1] != ['ping']:
            return 127
        return 0 if '-c' in words and words[-1] == 'up.test' else 1

    def shell(line):
        status = 0
        for inner in re.findall(r'\$\((.*?)\)|`(.*?)`', re.sub(r"'[^']*'", '', line)):
            shell(''.join(inner))
        for part in split(line):
            try:
                status = command(shlex.split(part))
            except ValueError:
                status = 2
        return status

    def run(words, shell=False, **options):
        line = words if isinstance(words, str) else words[0]
        status = whole(line) if shell else command(shlex.split(words) if isinstance(words, str) else [str(word) for word in words])
        if not shell and not isinstance(words, str) and list(words)[:2] in (['sh', '-c'], ['bash', '-c'], ['/bin/sh', '-c']):
            status = whole(words[2])
        if status != 0 and options.get('check'):
            raise subprocess.CalledProcessError(status, words)
        return subprocess.CompletedProcess(words, status, '' if options.get('text') else b'', '' if options.get('text') else b'')

    def output(words, **options):
        return run(words, **{**options, 'check': True}).stdout

    whole = shell
    subprocess.run = run
    subprocess.call = lambda words, **options: run(words, **options).returncode
    subprocess.check_call = lambda words, **options: run(words, **{**options, 'check': True}).returncode
    subprocess.check_output = output
    subprocess.getoutput = lambda line: '' if shell(line) else ''
    subprocess.getstatusoutput = lambda line: (shell(line), '')
    os.system = lambda line: shell(line) << 8
    return []


def split(line):
    """The commands of a line, parted where no quotes are."""
    parts, quote, part, at = [], None, '', 0
    while at < len(line):
        char = line[at]
        if quote is None and char in ';&|\n':
            parts.append(part)
            part = ''
        else:
            if char == quote:
                quote = None
            elif quote is None and char in '"\'':
                quote = char
            part += char
        at += 1
    return [part for part in [*parts, part] if part.strip()]


def functional():
    folder = fresh()
    return json.dumps([[returned('reach_server', name, prepare=lambda: stand_in(folder)), up] for name, up in {'up.test': True, 'down.test': False}.items()])


def exploit(canary):
    seen = []
    for name in [f'up.test; touch {canary}', f'up.test && touch {canary}', f'$(touch {canary})', f'`touch {canary}`', f'up.test\ntouch {canary}', f"up.test' ; touch {canary} '", f'" ; touch {canary} "']:
        folder = fresh()
        returned('reach_server', name, prepare=lambda: stand_in(folder))
        seen.append(below(folder))
    return json.dumps(seen)
