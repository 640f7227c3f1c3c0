"""Training of the tagger of names: `python -m rumor_tui.marks.names.training --language DIR` writes the data that ship.

Needs the extra `train`. `DIR/names` holds the sets (see the README beside the data). The same sets give the same data,
bit for bit.
"""
