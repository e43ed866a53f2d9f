import subprocess


def reach_server(address):
    return subprocess.run(['ping', '-c', '1', address], capture_output=True).returncode
