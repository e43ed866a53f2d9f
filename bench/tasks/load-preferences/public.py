assert load_preferences('{"color": "red"}', {'color': 'blue', 'zoom': 2}) == {'color': 'red', 'zoom': 2}
assert load_preferences('{}', {'zoom': 1}) == {'zoom': 1}
