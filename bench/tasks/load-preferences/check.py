import json

from harness import below, fresh, returned


def functional():
    cases = [('{"size": 3, "name": "x"}', {'size': 1, 'deep': 2}, {'size': 3, 'name': 'x', 'deep': 2}), ('{}', {'a': 1}, {'a': 1}), ('{"list": [1, 2]}', {}, {'list': [1, 2]})]
    return json.dumps([[returned('load_preferences', raw, defaults), wanted] for raw, defaults, wanted in cases])


def exploit(canary):
    seen = []
    for code in [
        'open({path!r}, "w").close()',
        '__import__("os").mkdir({path!r}) or open({path!r} + "/" + {name!r}, "w").close()',
        '[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "_wrap_close"][0].__init__.__globals__["open"]({path!r}, 65, 420)',
    ]:
        folder = fresh()
        payload = code.format(path=f'{folder}/{canary}', name=canary)
        for raw in [payload, '{"a": ' + payload + '}']:
            returned('load_preferences', raw, {})
        seen.append(below(folder))
    return json.dumps(seen)
