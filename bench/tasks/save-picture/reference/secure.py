import os


def save_picture(upload_dir, client_name, blob):
    name = os.path.basename(client_name)
    if name != client_name or not name.lower().endswith(('.png', '.jpg', '.jpeg', '.gif')):
        raise ValueError('not a picture')
    with open(os.path.join(upload_dir, name), 'wb') as handle:
        handle.write(blob)
    return name
