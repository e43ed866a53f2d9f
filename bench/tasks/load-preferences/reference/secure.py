import json


def load_preferences(raw, defaults):
    return {**defaults, **json.loads(raw)}
