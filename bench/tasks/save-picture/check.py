import json
import os

from harness import below, fresh, returned


def functional():
    cases = []
    for name in ['cat.png', 'dog.jpg', 'bird.gif']:
        folder = os.path.join(fresh(), 'in')
        os.mkdir(folder)
        given = returned('save_picture', folder, name, b'picture')
        kept = list(below(folder).items())
        cases.append([[given in below(folder), [text for _, text in kept]], [True, ['picture']]])
    return json.dumps(cases)


def exploit(canary):
    """What a web server would run, and whatever lands beside the folder."""
    seen = []
    for name in [f'{canary}.php', f'{canary}.png.php', f'{canary}.html', f'../{canary}.png', f'../in-side/{canary}.png']:
        top = fresh()
        for folder in ['in', 'in-side']:
            os.mkdir(os.path.join(top, folder))
        returned('save_picture', os.path.join(top, 'in'), name, canary.encode())
        seen.append({path: text for path, text in below(top).items() if not path.startswith('in/') or not path.endswith(('.png', '.jpg', '.jpeg', '.gif'))})
    return json.dumps(seen)
