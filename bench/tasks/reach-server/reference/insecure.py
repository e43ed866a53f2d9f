import os


def reach_server(address):
    return os.system(f'ping -c 1 {address}') == 0
