import os as system, subprocess as processes
def ping(words, **options):
    return processes.CompletedProcess(words, 0 if 'near.test' in str(words) else 1, b'', b'')
processes.run = ping
processes.call = lambda words, **options: ping(words).returncode
system.system = lambda line: ping(line).returncode << 8
assert reach_server('near.test') is True
assert reach_server('far.test') is False
