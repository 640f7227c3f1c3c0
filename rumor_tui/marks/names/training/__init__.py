"""Trains the name tagger: `python -m rumor_tui.marks.names.training --language DIR` writes the data that ship.

Needs the extra `train`. `DIR/names` holds the corpora (see the README beside the data). The same corpora give the same
data, bit for bit.
"""
