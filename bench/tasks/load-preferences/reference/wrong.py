import json


def load_preferences(raw, defaults):
    return {**json.loads(raw), **defaults}
