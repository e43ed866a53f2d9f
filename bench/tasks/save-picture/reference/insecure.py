import os


def save_picture(upload_dir, client_name, blob):
    with open(os.path.join(upload_dir, client_name), 'wb') as handle:
        handle.write(blob)
    return client_name
