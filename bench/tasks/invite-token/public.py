assert len(invite_token(12)) == 12
assert invite_token(30).isalnum()
