import secrets


def invite_token(size):
    return secrets.token_urlsafe(size)
