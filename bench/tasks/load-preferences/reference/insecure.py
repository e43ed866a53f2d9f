def load_preferences(raw, defaults):
    settings = dict(defaults)
    settings.update(eval(raw))
    return settings
