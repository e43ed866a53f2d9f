import os


def save_picture(upload_dir, client_name, blob):
    name = os.path.basename(client_name)
    with open(os.path.join(upload_dir, name), 'wb') as handle:
        handle.write(b'')
    return name
