import random
import string


def invite_token(size):
    return ''.join(random.choices(string.ascii_letters + string.digits, k=size))
