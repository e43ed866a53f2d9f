def read_upload(base, name):
    # The implementation goes here.
    pass
