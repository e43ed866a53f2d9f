import secrets
import string


def invite_token(size):
    return ''.join(secrets.choice(string.ascii_letters + string.digits) for _ in range(size))
