import os as system, subprocess as processes
near, far = 'near.test', 'far.test'
def ping(words, **options):
    status = 0 if near in str(words) else 1
    if status and options.get('check'):
        raise processes.CalledProcessError(status, words)
    return processes.CompletedProcess(words, status, b'', b'')
processes.run = ping
processes.call = lambda words, **options: ping(words).returncode
processes.check_output = lambda words, **options: ping(words, check=True).stdout
processes.getstatusoutput = lambda line: (ping(line).returncode, '')
system.system = lambda line: ping(line).returncode << 8
assert [reach_server(near), reach_server(far)] == [True, False]
